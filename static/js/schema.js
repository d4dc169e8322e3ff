// The editor of a form. A button draws the page anew: what was unfolded stays so, and what was typed
// while the answer was on its way is put back. A column shows the settings that its kind has.
(function () {
  "use strict";
  let open = [];
  let typed = null; // while a button is being answered: [id of the entry, key, control] each

  function editor() {
    return document.getElementById("editor");
  }

  function isWhole(event) {
    return event.detail.target && event.detail.target.id === "editor";
  }

  document.addEventListener("htmx:beforeRequest", function (event) {
    typed = isWhole(event) ? [] : typed;
  });

  document.addEventListener("input", function (event) {
    const control = event.target;
    const entry = control.closest("[data-entry]");
    const place = control.closest(".set-table td, .set-field");
    if (place) { // what it complains of is being mended
      place.querySelectorAll(".cell-fault").forEach(function (fault) { fault.remove(); });
    }
    if (typed !== null && control.name && editor().contains(control)) {
      typed.push([entry ? entry.dataset.entry : "", control.name.split(".").slice(2).join("."), control]);
    }
  });

  document.addEventListener("htmx:beforeSwap", function (event) {
    open = Array.from(event.detail.target.querySelectorAll("details[data-line]")).map(function (one) {
      return [one.dataset.line, one.open];
    });
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    open.forEach(function (was) {
      const found = document.querySelector('details[data-line="' + was[0] + '"]');
      if (found) {
        found.open = was[0] === "specimen" ? was[1] : found.open || was[1];
      }
    });
    open = [];
    if (isWhole(event)) {
      (typed || []).forEach(putBack);
      typed = null;
    }
  });

  function putBack(one) {
    const within = one[0] ? document.querySelector('[data-entry="' + one[0] + '"]') : editor();
    const name = one[0] ? '[name$=".' + one[1] + '"]' : '[name="' + one[2].name + '"]';
    const found = within && within.querySelector(name);
    if (!found) {
      return;
    }
    if (found.type === "checkbox") {
      found.checked = one[2].checked;
    } else {
      found.value = one[2].value;
    }
    found.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("change", function (event) {
    const entry = event.target.matches('[name$=".kind"]') && event.target.closest("[data-entry]");
    if (!entry) {
      return;
    }
    entry.querySelectorAll("[data-kinds]").forEach(function (field) {
      field.hidden = field.dataset.kinds.split(" ").indexOf(event.target.value) < 0;
    });
  });
})();
