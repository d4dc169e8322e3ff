// An attachment table as a form (load in the scripts block): rows come and go, Excel cells are pasted.
//
// <div data-rows="rows"> holds a table whose <tbody> has the rows, a <template> with one row in which
// __index__ stands for its number, [data-row-add] and, in every row, [data-row-remove]. Names follow
// Django formsets: rows-0-doc_name, and rows-TOTAL_FORMS says how many. A removed row that has
// rows-N-DELETE is hidden and ticked, any other goes and the rest are numbered anew.
(function () {
  "use strict";

  function parts(grid) {
    return {
      body: grid.querySelector("tbody"),
      template: grid.querySelector("template"),
      total: grid.querySelector('input[name="' + grid.dataset.rows + '-TOTAL_FORMS"]'),
    };
  }

  function shown(grid) {
    return Array.from(parts(grid).body.rows).filter(function (row) { return !row.hidden; });
  }

  function renumber(grid) {
    const prefix = grid.dataset.rows;
    const known = parts(grid);
    const pattern = new RegExp(prefix + "-\\d+-");
    Array.from(known.body.rows).forEach(function (row, index) {
      row.querySelectorAll("[name], [id], [for], [aria-describedby]").forEach(function (element) {
        ["name", "id", "for", "aria-describedby"].forEach(function (attribute) {
          if (element.hasAttribute(attribute)) {
            const value = element.getAttribute(attribute);
            element.setAttribute(attribute, value.replace(pattern, prefix + "-" + index + "-"));
          }
        });
      });
    });
    shown(grid).forEach(function (row, index) {
      const serial = row.querySelector("[data-row-number]");
      if (serial) {
        serial.textContent = index + 1;
      }
    });
    if (known.total) {
      known.total.value = known.body.rows.length;
    }
  }

  function changed(grid) {
    renumber(grid);
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

  function remove(grid, row) {
    const mark = row.querySelector('input[name$="-DELETE"]');
    if (mark) {
      mark.checked = true;
      row.hidden = true;
    } else {
      row.remove();
    }
  }

  document.addEventListener("click", function (event) {
    const adder = event.target.closest("[data-row-add]");
    const remover = event.target.closest("[data-row-remove]");
    const grid = event.target.closest("[data-rows]");
    if (!grid || !(adder || remover)) {
      return;
    }
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

  function fieldsOf(row) {
    return Array.from(row.querySelectorAll("td input:not([type=hidden]), td select, td textarea"))
      .filter(function (field) { return !field.name.endsWith("-DELETE"); });
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

  document.addEventListener("paste", function (event) {
    const grid = event.target.closest("[data-rows], [data-sheet]");
    const text = event.clipboardData.getData("text/plain");
    if (!grid || !event.target.closest("tbody") || !/\t/.test(text)) {
      return;
    }
    event.preventDefault();
    const start = event.target.closest("tr");
    const column = fieldsOf(start).indexOf(event.target);
    const first = shown(grid).indexOf(start);
    cells(text).forEach(function (values, offset) {
      let row = shown(grid)[first + offset];
      if (!row && grid.hasAttribute("data-rows")) {
        row = add(grid);
      }
      if (row) {
        const fields = fieldsOf(row);
        values.forEach(function (value, step) {
          if (fields[column + step]) {
            put(fields[column + step], value);
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
    const rows = shown(grid);
    const next = rows[rows.indexOf(row) + 1];
    if (next) {
      fieldsOf(next)[fieldsOf(row).indexOf(event.target)].focus();
    }
  });
})();
