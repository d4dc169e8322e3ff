// The page of a form (load in the scripts block): how far it is filled in, Ctrl+S, the keys at "?".
//
// <output data-progress="栏"> shows 已填 5/6 栏 and is counted anew while one writes, as
// reports/pages/while_writing.py counts it. Ctrl+S saves at once: form:save is for autosave.js, and a form
// that does not save itself presses 保存. [data-keys] is the disclosure with the list of keys.
(function () {
  "use strict";

  const FIELDS = "input:not([type=hidden]), select, textarea";
  const form = document.getElementById("form");
  if (!form) {
    return;
  }
  const out = document.querySelector("[data-progress]");
  const body = form.querySelector("tbody[data-body]");

  function isWritten(cell) {
    return Array.from(cell.querySelectorAll(FIELDS)).some(function (field) {
      return field.type === "checkbox" ? field.checked : field.value.trim() !== "";
    });
  }

  function cellsOf(row) {
    return Array.from(row.cells).filter(function (cell) { return cell.querySelector(FIELDS); });
  }

  function isOwn(cell) {
    return !cell.hasAttribute("data-unit");
  }

  // Blank rows of a table that grows do not count, but for what stands beside all rows.
  function counted() {
    const rows = Array.from(body.rows);
    const written = rows.filter(function (row) { return cellsOf(row).filter(isOwn).some(isWritten); });
    const cells = [];
    rows.forEach(function (row) {
      const isBlank = body.closest("[data-rows]") && written.length && written.indexOf(row) < 0;
      cells.push.apply(cells, cellsOf(row).filter(function (cell) { return !isBlank || !isOwn(cell); }));
    });
    return cells;
  }

  function columns() {
    const boxes = body.closest(".sheet-boxes");
    const found = new Map();
    counted().forEach(function (cell) {
      const key = boxes ? cell.querySelector(FIELDS).name : cell.dataset.column;
      found.set(key, (found.has(key) ? found.get(key) : true) && isWritten(cell));
    });
    return Array.from(found.values());
  }

  function parts() {
    return Array.from(form.querySelectorAll(".outline-section .outline-text")).map(isWritten);
  }

  function tally() {
    const all = body ? columns() : parts();
    out.textContent = "已填 " + all.filter(Boolean).length + "/" + all.length + " " + out.dataset.progress;
  }

  if (out) {
    form.addEventListener("input", tally);
    form.addEventListener("sheet:changed", tally);
  }

  function isWriting(target) {
    return target.closest && target.closest("input, textarea, select, [contenteditable]");
  }

  document.addEventListener("keydown", function (event) {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const keys = document.querySelector("[data-keys]");
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      if (form.hasAttribute("data-autosave")) {
        form.dispatchEvent(new Event("form:save"));
      } else {
        form.querySelector("button[name=save]").click();
      }
    } else if (isPlain && (event.key === "?" || event.key === "？") && keys && !isWriting(event.target)) {
      event.preventDefault();
      keys.open = !keys.open;
      keys.querySelector("summary").focus();
    }
  });
})();
