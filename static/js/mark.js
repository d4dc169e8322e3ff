// The review page (load in the scripts block): a click on a cell, field or section marks what is to be mended.
//
// form[data-marking] holds the forms to read, whose places are [data-place="1:rows.0.c4"], and [data-mark-lines]:
// a line a mark ([data-mark-line], made from [data-mark-template]) and, last, one to choose a place by hand
// ([data-mark-select], [data-mark-add]), which works where no script runs. [data-mark-box-template] is the box
// that opens at the place. Arrows walk the places of a form, Enter opens the box. [data-mark-count] says how many.
(function () {
  "use strict";

  const form = document.querySelector("form[data-marking]");
  const lines = form.querySelector("[data-mark-lines]");
  const select = form.querySelector("[data-mark-select]");
  const next = select.closest("li");
  const places = Array.from(form.querySelectorAll("[data-place]"));
  let box = null;

  function option(value) {
    return Array.from(select.options).find(function (one) { return one.value === value; });
  }

  function words(value) {
    const found = option(value);
    return found ? found.parentElement.label + " " + found.textContent : value;
  }

  function rowOf(value) {
    const found = /^(\d+:rows\.\d+)\./.exec(value);
    return found ? found[1] : "";
  }

  function marks() {
    return Array.from(lines.querySelectorAll("[data-mark-line]"));
  }

  function placeOf(line) {
    return line.querySelector("[name=place]").value;
  }

  function noteOf(line) {
    return line.querySelector("[name=note]");
  }

  function lineFor(value) {
    return marks().find(function (line) { return placeOf(line) === value; });
  }

  // What was marked shows at its place; a whole row at all its cells, with the words at the first.
  function show() {
    form.querySelectorAll("[data-mark-shown]").forEach(function (note) { note.remove(); });
    places.forEach(function (place) { place.classList.remove("is-marked"); });
    marks().forEach(function (line) {
      const value = placeOf(line);
      const here = places.filter(function (place) {
        return place.dataset.place === value || rowOf(place.dataset.place) === value;
      });
      here.forEach(function (place) { place.classList.add("is-marked"); });
      if (here.length) {
        const note = document.createElement("span");
        note.className = "cell-note cell-mark";
        note.dataset.markShown = "";
        note.textContent = "标注：" + noteOf(line).value;
        here[0].append(note);
      }
    });
    document.querySelectorAll("[data-mark-count]").forEach(function (out) { out.textContent = marks().length; });
  }

  function changed() {
    show();
    lines.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function keep(value, text) {
    let line = lineFor(value);
    if (!text) {
      if (line) {
        line.remove();
      }
      changed();
      return;
    }
    if (!line) {
      const found = option(value);
      line = document.importNode(form.querySelector("[data-mark-template]").content, true).firstElementChild;
      line.querySelector("[name=place]").value = value;
      const link = line.querySelector("[data-mark-place]");
      link.textContent = words(value);
      link.href = "#" + (found ? found.dataset.href : "");
      lines.insertBefore(line, next);
    }
    noteOf(line).value = text;
    noteOf(line).dispatchEvent(new Event("input", { bubbles: true }));
    changed();
  }

  // The box at a place.
  function close() {
    if (box) {
      const place = box.place;
      box.element.remove();
      box = null;
      place.focus({ preventScroll: true });
    }
  }

  function open(place) {
    close();
    const element = document.importNode(form.querySelector("[data-mark-box-template]").content, true).firstElementChild;
    const value = place.dataset.place;
    const row = rowOf(value);
    const note = element.querySelector("[data-mark-box-note]");
    const whole = element.querySelector("[data-mark-box-row]");
    const known = lineFor(value) || (row && lineFor(row));
    whole.hidden = !row;
    whole.querySelector("input").checked = Boolean(known) && placeOf(known) === row;
    element.querySelector("[data-mark-box-place]").textContent = words(value);
    note.value = known ? noteOf(known).value : "";
    // outside the form, so that Enter submits nothing
    document.body.append(element);
    box = { element: element, place: place, value: value, row: row, known: known };
    put(element, place.getBoundingClientRect());
    note.focus();
  }

  // Below the place where there is room, else above; never outside the window.
  function put(element, at) {
    const height = element.offsetHeight;
    const top = at.bottom + height + 4 < window.innerHeight ? at.bottom + 4 : at.top - height - 4;
    const left = Math.min(at.left, window.innerWidth - element.offsetWidth - 16);
    element.style.top = Math.min(Math.max(top, 8), window.innerHeight - height - 8) + "px";
    element.style.left = Math.max(left, 8) + "px";
  }

  function done() {
    const whole = box.element.querySelector("[data-mark-box-row] input").checked;
    const value = whole ? box.row : box.value;
    const text = box.element.querySelector("[data-mark-box-note]").value.replace(/\s+/g, " ").trim();
    if (box.known && placeOf(box.known) !== value) {
      box.known.remove();
    }
    keep(value, text);
    close();
  }

  // Tab stays in the box: it stands at the end of the page, and behind it there is nothing.
  function around(event) {
    const stops = Array.from(box.element.querySelectorAll("textarea, input, button")).filter(function (one) {
      return one.offsetParent !== null;
    });
    const end = event.shiftKey ? 0 : stops.length - 1;
    if (event.target === stops[end]) {
      event.preventDefault();
      stops[stops.length - 1 - end].focus();
    }
  }

  document.addEventListener("click", function (event) {
    if (box && box.element.contains(event.target)) {
      if (event.target.closest("[data-mark-box-keep]")) {
        done();
      } else if (event.target.closest("[data-mark-box-close]")) {
        close();
      }
      return;
    }
    const place = event.target.closest("a, button, input, select, textarea, summary") ? null : event.target.closest("[data-place]");
    if (place && form.contains(place)) {
      if (window.getSelection().isCollapsed) { // words being selected to copy are no click
        open(place);
      }
    } else if (box && document.contains(event.target)) {
      close();
    }
  });

  document.addEventListener("keydown", function (event) {
    if (!box || !box.element.contains(event.target)) {
      return;
    }
    if (event.key === "Escape") {
      close();
    } else if (event.key === "Tab") {
      around(event);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches("textarea, input")) {
      event.preventDefault();
      done();
    }
  });

  // Places are walked with the arrows; one of each form is reached by Tab.
  function groupOf(place) {
    const number = place.dataset.place.split(":")[0] + ":";
    return places.filter(function (one) { return one.dataset.place.indexOf(number) === 0; });
  }

  function reach(place) {
    groupOf(place).forEach(function (one) { one.tabIndex = -1; });
    place.tabIndex = 0;
  }

  function beside(place, key) {
    const group = groupOf(place);
    const at = group.indexOf(place);
    if (key === "ArrowRight") {
      return group[at + 1];
    }
    if (key === "ArrowLeft") {
      return group[at - 1];
    }
    const below = key === "ArrowDown";
    const ordered = below ? group.slice(at + 1) : group.slice(0, at).reverse();
    const line = place.closest("tr");
    return ordered.find(function (one) {
      const other = one.closest("tr");
      return other !== line && (!line || !other || one.dataset.column === place.dataset.column);
    });
  }

  places.forEach(function (place) {
    place.tabIndex = -1;
    place.setAttribute("aria-keyshortcuts", "Enter");
  });
  places.forEach(function (place) {
    if (groupOf(place)[0] === place) {
      place.tabIndex = 0;
    }
  });

  form.addEventListener("focusin", function (event) {
    if (event.target.matches("[data-place]")) {
      reach(event.target);
    }
  });

  form.addEventListener("keydown", function (event) {
    if (!event.target.matches("[data-place]")) {
      return;
    }
    if (event.key === "Enter") {
      event.preventDefault();
      open(event.target);
    } else if (/^Arrow/.test(event.key)) {
      const other = beside(event.target, event.key);
      if (other) {
        event.preventDefault();
        other.focus();
        other.scrollIntoView({ block: "nearest", inline: "nearest" });
      }
    }
  });

  // The list below: a mark is dropped, another is added by hand, a note is written on.
  lines.addEventListener("click", function (event) {
    const drop = event.target.closest("[data-mark-drop]");
    const add = event.target.closest("[data-mark-add]");
    if (drop) {
      event.preventDefault();
      const line = drop.closest("[data-mark-line]");
      const after = (line.nextElementSibling || next).querySelector("[data-mark-drop]") || select;
      line.remove();
      after.focus();
      changed();
    } else if (add) {
      event.preventDefault();
      const note = noteOf(next);
      if (!select.value) {
        select.focus();
      } else if (!note.value.trim()) {
        note.focus();
      } else {
        keep(select.value, note.value.trim());
        select.value = "";
        note.value = "";
        select.focus();
      }
    }
  });
  lines.addEventListener("change", show);

  // J and K go to the next and the last unit that waits.
  document.addEventListener("keydown", function (event) {
    const typing = event.target.closest("input, select, textarea");
    if (typing || box || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const link = document.querySelector('[data-key-link="' + event.key.toLowerCase() + '"]');
    if (/^[jk]$/i.test(event.key) && link) {
      event.preventDefault();
      link.click();
    }
  });

  form.classList.add("marking");
  show();
})();
