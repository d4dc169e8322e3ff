// Copy the prebuilt third-party files the pages use into static/vendor/, which git ignores.
//
// Run after `npm ci`; running it again gives the same files. The files are the ones the lock file's
// hashes stand for, less their sourceMappingURL comments: collectstatic fails on a map that is not there.
//
// htmx stays at 2.0.4: later 2.0 releases use `?.` and `??`, which the Chromium 78 of the dual-core
// office browsers cannot parse. The check below refuses such a script.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, "static", "vendor");

const files = {
  "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
  "htmx.min.js": "htmx.org/dist/htmx.min.js",
};
const licences = {
  "bootstrap.LICENSE.txt": "bootstrap/LICENSE",
  "htmx.LICENSE.txt": "htmx.org/LICENSE",
};

const newerSyntax = /\?\.[A-Za-z_$([]|\?\?/;
const sourceMap = /\n?(?:\/\*[#@] *sourceMappingURL=.*?\*\/|\/\/[#@] *sourceMappingURL=.*)/g;

function packageFile(path) {
  try {
    return readFileSync(join(root, "node_modules", path), "utf8");
  } catch (error) {
    console.error(`${path} is missing: run npm ci first (${error.code})`);
    process.exit(1);
  }
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const [name, path] of Object.entries(files)) {
  const text = packageFile(path).replace(sourceMap, "");
  if (name.endsWith(".js") && newerSyntax.test(text)) {
    console.error(`${path} needs a browser newer than Chromium 78`);
    process.exit(1);
  }
  writeFileSync(join(target, name), text);
}
for (const [name, path] of Object.entries(licences)) {
  writeFileSync(join(target, name), packageFile(path));
}
console.log(`static/vendor: ${Object.keys(files).join(", ")}`);
