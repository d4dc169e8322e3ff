// A block of cells copied from Excel or WPS is pasted from the focused cell on (load after grid.js), and
// into a blank table from its first cell on where nothing has the focus.
//
// Rows are added where the table can grow. What finds no place is told in [data-paste-note], never
// dropped in silence: columns beyond the last, rows beyond a fixed table, cells that are not filled in.
(function () {
  "use strict";

  const sheet = window.sheet;

  // Excel and WPS put cells on the clipboard as tab-separated lines; a cell with line breaks, tabs or
  // quotes inside is wrapped in double quotes, and a quote inside it is doubled.
  function cells(text) {
    const rows = [[]];
    const pattern = /("(?:[^"]|"")*"(?=[\t\r\n]|$)|[^\t\r\n]*)(\t|\r?\n|$)/y;
    let match;
    while (pattern.lastIndex < text.length && (match = pattern.exec(text))) {
      const quoted = /^"[^]*"$/.test(match[1]) && match[1].length > 1;
      rows[rows.length - 1].push(quoted ? match[1].slice(1, -1).replace(/""/g, '"') : match[1]);
      if (match[2] !== "\t" && pattern.lastIndex < text.length) {
        rows.push([]);
      } else if (match[2] === "\t" && pattern.lastIndex === text.length) {
        rows[rows.length - 1].push(""); // the last cell is blank
      }
    }
    return rows;
  }

  // Full-width digits become half-width ones; commas at thousands go.
  function plainNumber(text) {
    const plain = text.normalize("NFKC").trim();
    return /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replace(/,/g, "") : plain;
  }

  function named(field, text) {
    return field.value === text || (field.dataset.code && field.dataset.code === text);
  }

  function choose(select, text) {
    let option = Array.from(select.options).find(function (one) { return named(one, text); });
    if (!option) { // kept as it is: the check says that it is none of the answers
      option = new Option(text, text);
      select.add(option);
    }
    select.value = option.value;
  }

  function tick(group, text) {
    const words = text.split(/[、,，;；\n]/).map(function (word) { return word.trim(); }).filter(Boolean);
    const boxes = Array.from(group.querySelectorAll("input"));
    boxes.forEach(function (box) {
      box.checked = words.some(function (word) { return named(box, word); });
    });
    words.filter(function (word) {
      return !boxes.some(function (box) { return named(box, word); });
    }).forEach(function (word) {
      const label = boxes[0].closest("label").cloneNode(true);
      label.querySelector("input").value = word;
      label.querySelector("input").removeAttribute("data-code");
      label.querySelector("input").checked = true;
      label.lastChild.textContent = word;
      group.append(label);
    });
  }

  function put(cell, text) {
    const group = cell.querySelector(".cell-choices");
    const field = cell.querySelector(sheet.FIELDS);
    if (group) {
      tick(group, text);
    } else if (field.matches("select")) {
      choose(field, text.trim());
    } else if (field.inputMode === "decimal") {
      field.value = plainNumber(text);
    } else {
      field.value = field.matches("textarea") ? text : text.replace(/\s*\n\s*/g, " ").trim();
    }
  }

  function rowFor(grid, index, done) {
    const row = sheet.rowsOf(grid)[index];
    if (row || !grid.hasAttribute("data-rows")) {
      return row;
    }
    done.added += 1;
    return sheet.add(grid);
  }

  // Puts the block in place and counts what found none.
  function place(grid, block, first, column) {
    const done = { rows: block.length, columns: 0, added: 0, skipped: 0, below: 0, right: 0 };
    const width = Math.max.apply(null, Array.from(grid.querySelectorAll("tbody [data-column]"), function (cell) {
      return Number(cell.dataset.column) + (cell.colSpan || 1);
    }));
    block.forEach(function (values, offset) {
      const row = rowFor(grid, first + offset, done);
      if (!row) {
        done.below += 1;
        return;
      }
      done.columns = Math.max(done.columns, values.length);
      done.right = Math.max(done.right, column + values.length - width);
      values.forEach(function (value, step) {
        const cell = sheet.cellAt(row, column + step);
        if (cell && cell.querySelector(sheet.FIELDS) && cell.matches("td:not(.col-act)")) {
          put(cell, value);
        } else if (column + step < width && value.trim() && !(cell && cell.textContent.trim() === value.trim())) {
          done.skipped += 1;
        }
      });
    });
    return done;
  }

  function told(done) {
    const words = ["已粘贴 " + (done.rows - done.below) + " 行 " + done.columns + " 列"];
    if (done.added) { words.push("新增 " + done.added + " 行"); }
    if (done.below) { words.push("表中行数固定，多出的 " + done.below + " 行没有粘贴"); }
    if (done.right > 0) { words.push("右侧多出的 " + done.right + " 列没有粘贴"); }
    if (done.skipped) { words.push(done.skipped + " 格不是填写位置，已跳过"); }
    return words.join("，");
  }

  // Is it a block of cells, not a text to be put where the cursor stands?
  function isBlock(target, data) {
    const text = data.getData("text/plain");
    const isTable = /<table/i.test(data.getData("text/html"));
    const hasLines = /\n[^]/.test(text.replace(/\r?\n$/, ""));
    return text.includes("\t") || !target.matches("input:not([type=checkbox]), textarea")
      || (isTable && /^"|\n/.test(text)) || (hasLines && !target.matches("textarea"));
  }

  // Undoing: what stood in the fields before, row by row; rows that were added go.

  function written(grid) {
    return sheet.rowsOf(grid).map(function (row) {
      return Array.from(row.querySelectorAll(sheet.FIELDS), function (field) {
        return field.type === "checkbox" ? field.checked : field.value;
      });
    });
  }

  function restore(grid, before) {
    sheet.rowsOf(grid).slice(before.length).forEach(function (row) { row.remove(); });
    sheet.rowsOf(grid).forEach(function (row, index) {
      row.querySelectorAll(sheet.FIELDS).forEach(function (field, place) {
        const value = before[index][place];
        if (field.type === "checkbox") {
          field.checked = value === true;
        } else {
          field.value = value;
        }
      });
    });
    sheet.changed(grid);
  }

  function show(grid, text, before) {
    const note = grid.querySelector("[data-paste-note]");
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "btn btn-link btn-sm";
    undo.textContent = "撤销粘贴";
    undo.addEventListener("click", function () {
      restore(grid, before);
      note.textContent = "已撤销粘贴。";
    });
    note.textContent = text;
    note.append(undo);
    note.hidden = false;
    // once something else is written, going back would undo that too
    grid.addEventListener("input", function () { undo.remove(); }, { once: true });
  }

  // One cell goes where the cursor stands, like any other text.
  function insert(field, text) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Where nothing has the focus, a block goes into a table that is still blank, from its first cell on.
  function target(event) {
    if (event.target !== document.body || !event.clipboardData.getData("text/plain").includes("\t")) {
      return event.target;
    }
    const fields = Array.from(document.querySelectorAll("#form tbody[data-body] td:not(.col-act)"), function (cell) {
      return cell.querySelector(sheet.FIELDS);
    }).filter(Boolean);
    const isBlank = fields.every(function (field) { return !field.checked && field.matches("[type=checkbox]") || !field.value; });
    return isBlank && fields.length ? fields[0] : event.target;
  }

  document.addEventListener("paste", function (event) {
    const field = target(event);
    const grid = field.closest("[data-rows], [data-sheet]");
    const cell = grid && field.closest("tbody[data-body] td");
    if (!cell || grid.querySelector(".sheet-boxes") || !isBlock(field, event.clipboardData)) {
      return;
    }
    event.preventDefault();
    field.focus();
    const block = cells(event.clipboardData.getData("text/plain"));
    if (block.length === 1 && block[0].length === 1 && field.matches("textarea")) {
      insert(field, block[0][0]);
      return;
    }
    const before = written(grid);
    const first = sheet.rowsOf(grid).indexOf(cell.closest("tr"));
    const done = place(grid, block, first, sheet.columnOf(field));
    sheet.changed(grid);
    show(grid, told(done) + "。", before);
  });
})();
