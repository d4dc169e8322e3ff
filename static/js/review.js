// The check page (load in the scripts block): J and K walk the cards, Y and N press their buttons.
//
// [data-review] holds cards with tabindex="-1" and data-card; a card's buttons are marked data-key="y" or
// data-key="n"; data-reads="r3 r4" names the marks in the text it was read from.
(function () {
  "use strict";

  const cards = function () {
    return Array.from(document.querySelectorAll("[data-review] [data-card]"));
  };

  function show(card) {
    document.querySelectorAll(".read.is-current").forEach(function (mark) {
      mark.classList.remove("is-current");
    });
    (card.dataset.reads || "").split(" ").filter(Boolean).forEach(function (id, index) {
      const mark = document.getElementById(id);
      if (mark) {
        mark.classList.add("is-current");
        if (index === 0) {
          const sheet = mark.closest(".directive-page");
          sheet.scrollTop = mark.offsetTop - sheet.clientHeight / 3;
        }
      }
    });
  }

  function step(by) {
    const all = cards();
    const here = all.findIndex(function (card) { return card.contains(document.activeElement); });
    const next = all[Math.min(Math.max(here + by, 0), all.length - 1)];
    if (next) {
      next.focus();
    }
  }

  document.addEventListener("focusin", function (event) {
    const card = event.target.closest("[data-review] [data-card]");
    if (card) {
      show(card);
    }
  });

  document.addEventListener("keydown", function (event) {
    const typing = event.target.closest("input, select, textarea");
    if (typing || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") {
      event.preventDefault();
      step(key === "j" ? 1 : -1);
    } else if (key === "y" || key === "n") {
      const card = event.target.closest("[data-card]");
      const button = card && card.querySelector('[data-key="' + key + '"]');
      if (button) {
        event.preventDefault();
        button.click();
      }
    }
  });

  // A click on a mark goes to the card that was read from it.
  document.addEventListener("click", function (event) {
    const mark = event.target.closest(".read[id]");
    const card = mark && cards().find(function (one) {
      return (one.dataset.reads || "").split(" ").includes(mark.id);
    });
    if (card) {
      card.focus();
    }
  });
})();
