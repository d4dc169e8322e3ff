// An attachment table as a form (load in the scripts block, before paste.js): rows come, go and move.
//
// <div data-rows="rows"> holds a table whose <tbody data-body> has the rows, a <template> with one row
// in which __index__ stands for its number, [data-row-add] and, in every row, [data-row-remove],
// [data-row-up] and [data-row-down]. Names are paths: rows.0.c4, with the id rows-0-c4. Every cell says
// by data-column which column it is; the first row also holds the cells that stand beside all rows
// (data-unit), whose rowspan follows the rows. [data-row-source] says which bureau a row was taken over
// from; a row that is emptied is nobody's. All buttons submit the form where no script runs.
// data-sheet="" instead of data-rows: fixed rows. window.sheet is what paste.js works with.
(function () {
  "use strict";

  const FIELDS = "input:not([type=hidden]), select, textarea";

  function bodyOf(grid) {
    return grid.querySelector("tbody[data-body]");
  }

  function rowsOf(grid) {
    return Array.from(bodyOf(grid).rows);
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
    if (element.matches("[data-row-remove], [data-row-up], [data-row-down]")) {
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
    const holder = document.createElement("tbody");
    const template = grid.querySelector("template").innerHTML;
    holder.innerHTML = template.replace(/__index__/g, bodyOf(grid).rows.length);
    const row = holder.rows[0];
    bodyOf(grid).append(row);
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

  function empty(field) {
    if (field.type === "checkbox") {
      field.checked = false;
    } else {
      field.value = "";
    }
  }

  // The last row is emptied, not removed: the unit's cells stand in it, and a table has a row to write in.
  function remove(grid, row) {
    const rows = rowsOf(grid);
    if (rows.length === 1) {
      Array.from(row.cells).forEach(function (cell) {
        if (!cell.hasAttribute("data-unit")) {
          cell.querySelectorAll(FIELDS).forEach(empty);
        }
      });
      row.querySelectorAll("[data-row-source]").forEach(function (word) {
        word.nextElementSibling.remove(); // the mark that goes with it
        word.remove();
      });
      return;
    }
    if (row === rows[0]) {
      hand(unitCells(row), rows[1]);
    }
    row.remove();
  }

  function move(grid, row, step) {
    const rows = rowsOf(grid);
    const other = rows[rows.indexOf(row) + step];
    if (!other) {
      return false;
    }
    const beside = unitCells(rows[0]);
    row.parentNode.insertBefore(row, step < 0 ? other : other.nextElementSibling);
    hand(beside, rowsOf(grid)[0]);
    return true;
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-row-add], [data-row-remove], [data-row-up], [data-row-down]");
    const grid = event.target.closest("[data-rows]");
    if (!grid || !button) {
      return;
    }
    event.preventDefault();
    const row = button.closest("tr");
    if (button.hasAttribute("data-row-add")) {
      const made = add(grid);
      changed(grid);
      made.querySelector(FIELDS).focus();
    } else if (button.hasAttribute("data-row-remove")) {
      remove(grid, row);
      changed(grid);
      grid.querySelector("[data-row-add]").focus();
    } else if (move(grid, row, button.hasAttribute("data-row-up") ? -1 : 1)) {
      changed(grid);
      button.focus();
    }
  });

  // A cell beside many rows is higher than its field: a click anywhere in it is meant for the field.
  document.addEventListener("click", function (event) {
    const field = event.target.matches(".sheet td[data-unit]") && event.target.querySelector("input, textarea");
    if (field) {
      field.focus();
    }
  });

  // A cell is found by its column, for a row below the first lacks the cells that stand beside all rows.
  function cellAt(row, column) {
    return Array.from(row.cells).find(function (one, index) {
      return Number(one.dataset.column || index) === column;
    });
  }

  function columnOf(field) {
    const cell = field.closest("td");
    return Number(cell.dataset.column || cell.cellIndex);
  }

  // Enter goes down a row, as in a spreadsheet; in a text area Enter stays a line break. Alt with an
  // arrow moves the row.
  document.addEventListener("keydown", function (event) {
    const grid = event.target.closest("[data-rows], [data-sheet]");
    const row = grid && event.target.closest("tbody[data-body] > tr");
    if (!row) {
      return;
    }
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.altKey && step && grid.hasAttribute("data-rows")) {
      event.preventDefault();
      if (move(grid, row, step)) {
        changed(grid);
        event.target.focus();
      }
    } else if (event.key === "Enter" && event.target.matches("input, select")) {
      event.preventDefault();
      const rows = rowsOf(grid);
      const cell = rows.slice(rows.indexOf(row) + 1).map(function (one) {
        return cellAt(one, columnOf(event.target));
      }).find(function (one) { return one && one.querySelector(FIELDS); });
      if (cell) {
        cell.querySelector(FIELDS).focus();
      }
    }
  });

  window.sheet = { FIELDS: FIELDS, rowsOf: rowsOf, add: add, cellAt: cellAt, columnOf: columnOf, changed: changed };
})();
