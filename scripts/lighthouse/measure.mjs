// Lighthouse over the pages that standard input names, in its desktop preset; JSON to standard output.
//
// In: {"chromium": path, "flags": [...], "runs": 3, "pages": [{"name", "url", "cookie"}]}.
// Out, a line a page: {"name", "scores": {category: [a score a run]}, "below": {category: [what it says]}}.
import { readFileSync } from "node:fs";

import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";
import puppeteer from "puppeteer-core";

const asked = JSON.parse(readFileSync(0, "utf8"));

// What took points away, in Lighthouse's own words.
function below(category, audits) {
  return category.auditRefs
    .map((ref) => [ref, audits[ref.id]])
    .filter(([ref, audit]) => ref.weight && audit.score !== null && audit.score < 0.9)
    .map(([, audit]) => [audit.title, audit.displayValue].filter(Boolean).join(": "));
}

// As a browser keeps them: it does not take them as headers of a request from outside.
async function keepCookies(page) {
  const kept = page.cookie.split("; ").map((one) => one.split("="));
  await known.setCookie(...kept.map(([name, value]) => ({ name, value, url: page.url })));
}

async function measured(page, port) {
  const scores = {};
  const said = {};
  for (let run = 0; run < asked.runs; run += 1) {
    await keepCookies(page);
    const options = { port, logLevel: "error", disableStorageReset: true };
    const { lhr } = await lighthouse(page.url, options, desktopConfig);
    if (lhr.runtimeError) throw new Error(`${page.name}: ${lhr.runtimeError.message}`);
    if (lhr.finalDisplayedUrl !== page.url) throw new Error(`${page.name}: led to ${lhr.finalDisplayedUrl}`);
    for (const [name, category] of Object.entries(lhr.categories)) {
      scores[name] = [...(scores[name] ?? []), Math.round(category.score * 100)];
      said[name] = [...new Set([...(said[name] ?? []), ...below(category, lhr.audits)])];
    }
  }
  return { name: page.name, scores, below: said };
}

const browser = await launch({ chromePath: asked.chromium, chromeFlags: asked.flags });
const [known] = await (await puppeteer.connect({ browserURL: `http://127.0.0.1:${browser.port}` })).pages();
try {
  for (const page of asked.pages) {
    console.log(JSON.stringify(await measured(page, browser.port)));
  }
} finally {
  await browser.kill();
}
