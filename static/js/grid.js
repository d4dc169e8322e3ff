// An attachment table as a form (load in the scripts block): rows come and go, Excel cells are pasted.
//
// <div data-rows="rows"> holds a table whose <tbody> has the rows, a <template> with one row in which
// __index__ stands for its number, [data-row-add] and, in every row, [data-row-remove]. Names are
// paths: rows.0.c4, with the id rows-0-c4. Every td says by data-column which column it is; the first
// row also holds the cells that stand beside all rows (data-unit), whose rowspan follows the rows.
// [data-row-source] says which bureau a row was taken over from; a row that is emptied is nobody's.
// Both buttons submit the form where no script runs. data-sheet="" instead of data-rows: fixed rows.
(function () {
  "use strict";

  function parts(grid) {
    return { body: grid.querySelector("tbody"), template: grid.querySelector("template") };
  }

  function rowsOf(grid) {
    return Array.from(parts(grid).body.rows);
  }

  function unitCells(row) {
    return Array.from(row.querySelectorAll("td[data-unit]"));
  }

  // What a row says of its own number: names, ids and what refers to them, the words for a screen reader.
  function number(element, prefix, index) {
    const dotted = new RegExp("^" + prefix + "\\.\\d+\\.");
    const dashed = new RegExp("^" + prefix + "-\\d+-");
    ["name", "id", "for", "aria-describedby"].forEach(function (attribute) {
      if (element.hasAttribute(attribute)) {
        const value = element.getAttribute(attribute);
        element.setAttribute(attribute, value
          .replace(dotted, prefix + "." + index + ".")
          .replace(dashed, prefix + "-" + index + "-"));
      }
    });
    if (element.hasAttribute("aria-label")) {
      element.setAttribute("aria-label", element.getAttribute("aria-label")
        .replace(/^第\d+行/, "第" + (index + 1) + "行"));
    }
    if (element.hasAttribute("data-row-remove")) {
      element.value = index;
    }
  }

  function renumber(grid) {
    const rows = rowsOf(grid);
    rows.forEach(function (row, index) {
      row.querySelectorAll("[name], [id], [for], [aria-label]").forEach(function (element) {
        number(element, grid.dataset.rows, index);
      });
      const serial = row.querySelector("[data-row-number]");
      if (serial) {
        serial.textContent = index + 1;
      }
    });
    unitCells(rows[0]).forEach(function (cell) { cell.rowSpan = rows.length; });
  }

  function changed(grid) {
    if (grid.hasAttribute("data-rows")) {
      renumber(grid);
    }
    grid.dispatchEvent(new Event("sheet:changed", { bubbles: true }));
    grid.dispatchEvent(new Event("input", { bubbles: true }));
    grid.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function add(grid) {
    const known = parts(grid);
    const holder = document.createElement("tbody");
    holder.innerHTML = known.template.innerHTML.replace(/__index__/g, known.body.rows.length);
    const row = holder.rows[0];
    known.body.append(row);
    return row;
  }

  // The unit's cells move into the row that becomes the first, each to the place of its column.
  function hand(cells, row) {
    cells.forEach(function (cell) {
      const place = Array.from(row.cells).find(function (other) {
        return !other.dataset.column || Number(other.dataset.column) > Number(cell.dataset.column);
      });
      row.insertBefore(cell, place || null);
    });
  }

  // The last row is emptied, not removed: the unit's cells stand in it, and a table has a row to write in.
  function remove(grid, row) {
    const rows = rowsOf(grid);
    if (rows.length === 1) {
      Array.from(row.cells).forEach(function (cell) {
        const field = cell.querySelector("input, select, textarea");
        if (field && !cell.hasAttribute("data-unit")) {
          field.value = "";
        }
      });
      row.querySelectorAll("[data-row-source]").forEach(function (word) { word.remove(); });
      return;
    }
    if (row === rows[0]) {
      hand(unitCells(row), rows[1]);
    }
    row.remove();
  }

  document.addEventListener("click", function (event) {
    const adder = event.target.closest("[data-row-add]");
    const remover = event.target.closest("[data-row-remove]");
    const grid = event.target.closest("[data-rows]");
    if (!grid || !(adder || remover)) {
      return;
    }
    event.preventDefault();
    if (adder) {
      const row = add(grid);
      changed(grid);
      row.querySelector("input, select, textarea").focus();
    } else {
      remove(grid, remover.closest("tr"));
      changed(grid);
      grid.querySelector("[data-row-add]").focus();
    }
  });

  // A cell beside many rows is higher than its field: a click anywhere in it is meant for the field.
  document.addEventListener("click", function (event) {
    const field = event.target.matches(".sheet td[data-unit]") && event.target.querySelector("input, textarea");
    if (field) {
      field.focus();
    }
  });

  // Excel and WPS put cells on the clipboard as tab-separated lines; a cell with line breaks or
  // tabs inside is wrapped in double quotes, and a quote inside it is doubled.
  function cells(text) {
    const rows = [[]];
    const pattern = /("(?:[^"]|"")*"|[^\t\r\n]*)(\t|\r?\n|$)/y;
    let match;
    while (pattern.lastIndex < text.length && (match = pattern.exec(text))) {
      const quoted = /^"[^]*"$/.test(match[1]);
      rows[rows.length - 1].push(quoted ? match[1].slice(1, -1).replace(/""/g, '"') : match[1]);
      if (match[2] !== "\t" && pattern.lastIndex < text.length) {
        rows.push([]);
      }
    }
    return rows;
  }

  function put(field, value) {
    if (field.disabled || field.readOnly) {
      return;
    }
    if (field.matches("select")) {
      const option = Array.from(field.options).find(function (one) { return one.text.trim() === value.trim(); });
      field.value = option ? option.value : field.value;
    } else {
      field.value = field.matches("textarea") ? value : value.replace(/\s*\n\s*/g, " ").trim();
    }
  }

  // A cell is found by its column, for a row below the first lacks the cells that stand beside all rows.
  function fieldAt(row, column) {
    const cell = Array.from(row.cells).find(function (one, index) {
      return Number(one.dataset.column || index) === column;
    });
    return cell ? cell.querySelector("input:not([type=hidden]), select, textarea") : null;
  }

  function columnOf(field) {
    const cell = field.closest("td");
    return Number(cell.dataset.column || cell.cellIndex);
  }

  document.addEventListener("paste", function (event) {
    const grid = event.target.closest("[data-rows], [data-sheet]");
    const text = event.clipboardData.getData("text/plain");
    if (!grid || !event.target.closest("tbody td") || !/\t/.test(text)) {
      return;
    }
    event.preventDefault();
    const column = columnOf(event.target);
    const first = rowsOf(grid).indexOf(event.target.closest("tr"));
    cells(text).forEach(function (values, offset) {
      let row = rowsOf(grid)[first + offset];
      if (!row && grid.hasAttribute("data-rows")) {
        row = add(grid);
      }
      if (row) {
        values.forEach(function (value, step) {
          const field = fieldAt(row, column + step);
          if (field) {
            put(field, value);
          }
        });
      }
    });
    changed(grid);
  });

  // Enter goes down a row, as in a spreadsheet; in a text area Enter stays a line break.
  document.addEventListener("keydown", function (event) {
    const grid = event.key === "Enter" && event.target.matches("input") && event.target.closest("[data-rows], [data-sheet]");
    const row = grid && event.target.closest("tbody tr");
    if (!row) {
      return;
    }
    event.preventDefault();
    const rows = rowsOf(grid);
    const next = rows[rows.indexOf(row) + 1];
    const field = next && fieldAt(next, columnOf(event.target));
    if (field) {
      field.focus();
    }
  });
})();
