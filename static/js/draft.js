// Drafted sentences (load in the scripts block): 采用 puts one into its section without leaving the page.
//
// [data-offers="id of the text area"] holds [data-offer] items, each with [data-offer-text] and buttons
// [data-take], whose value is another text area's id where the sentence has no section of its own, and
// one [data-take-all]. A sentence that stands in the text already is not put in again. Where no script
// runs, the buttons submit the form and the server does the same.
(function () {
  "use strict";

  function squeezed(text) {
    return text.replace(/\s+/g, "");
  }

  function textOf(offer) {
    return offer.querySelector("[data-offer-text]").textContent.trim();
  }

  function stands(area, text) {
    return squeezed(area.value).includes(squeezed(text));
  }

  function put(area, text) {
    if (stands(area, text)) {
      return;
    }
    area.value = (area.value.replace(/\s+$/, "") + "\n" + text).replace(/^\n/, "");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Whether a sentence is in, said on its button: also after its author has deleted it again.
  function show(list) {
    const area = document.getElementById(list.dataset.offers);
    let left = 0;
    list.querySelectorAll("[data-offer]").forEach(function (offer) {
      const button = offer.querySelector("[data-take]");
      const isIn = stands(area, textOf(offer));
      button.disabled = isIn;
      button.textContent = isIn ? "已采用" : "采用";
      left += isIn ? 0 : 1;
    });
    const all = list.querySelector("[data-take-all]");
    if (all) {
      all.hidden = left === 0;
    }
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-take], [data-take-all]");
    if (!button) {
      return;
    }
    event.preventDefault();
    const list = button.closest("[data-offers]");
    const area = document.getElementById(list ? list.dataset.offers : button.dataset.take);
    const chosen = button.hasAttribute("data-take-all")
      ? Array.from(list.querySelectorAll("[data-offer]"))
      : [button.closest("[data-offer]")];
    chosen.forEach(function (offer) { put(area, textOf(offer)); });
    if (list) {
      show(list);
    } else {
      area.focus();
    }
  });

  document.addEventListener("input", function (event) {
    document.querySelectorAll("[data-offers]").forEach(function (list) {
      if (list.dataset.offers === event.target.id) {
        show(list);
      }
    });
  });
})();
