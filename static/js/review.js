// The pages 核对 and 核对变动 (load in the scripts block): J and K walk the cards, Y and N decide, a decided card leads on.
//
// [data-review] is the form; it holds cards with tabindex="-1" and data-card, data-sure where the reading is sure;
// [data-review-sure] offers to confirm all of those and says how many are left. A card's radios are marked
// data-key="y" or data-key="n"; data-reads="read-3" names the numbers in the text it was read from.
// [data-review-decided] shows how many are decided.
(function () {
  "use strict";

  const review = document.querySelector("[data-review]");
  if (!review) {
    return;
  }
  const cards = Array.from(review.querySelectorAll("[data-card]"));
  const sheet = review.querySelector(".directive-page");

  function show(card) {
    review.querySelectorAll(".read.is-current").forEach(function (mark) {
      mark.classList.remove("is-current");
    });
    (card.dataset.reads || "").split(" ").filter(Boolean).forEach(function (id, index) {
      const number = document.getElementById(id);
      if (number) {
        number.closest(".read").classList.add("is-current");
        if (index === 0) {
          const place = number.getBoundingClientRect().top - sheet.getBoundingClientRect().top;
          sheet.scrollTop += place - sheet.clientHeight / 3;
        }
      }
    });
  }

  function go(card) {
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  function step(by) {
    const here = cards.findIndex(function (card) { return card.contains(document.activeElement); });
    const next = cards[Math.min(Math.max(here + by, 0), cards.length - 1)];
    if (next) {
      go(next);
    }
  }

  function decided(card) {
    return card.querySelector("[data-key]:checked");
  }

  function tally() {
    cards.forEach(function (card) {
      const chosen = decided(card);
      card.classList.toggle("card-accepted", Boolean(chosen) && chosen.dataset.key === "y");
      card.classList.toggle("card-refused", Boolean(chosen) && chosen.dataset.key === "n");
    });
    document.querySelectorAll("[data-review-decided]").forEach(function (out) {
      out.textContent = cards.filter(decided).length;
    });
    const sure = document.querySelector("[data-review-sure]");
    if (sure) {
      const left = cards.filter(function (card) { return "sure" in card.dataset && !decided(card); }).length;
      sure.hidden = left === 0;
      sure.querySelector("[data-review-sure-count]").textContent = left;
    }
  }

  // The next one that nobody has decided, after this card and then from the top.
  function lead(card) {
    const here = cards.indexOf(card);
    const open = cards.slice(here + 1).concat(cards.slice(0, here)).find(function (one) {
      return !decided(one);
    });
    if (open) {
      go(open);
    }
  }

  review.addEventListener("focusin", function (event) {
    const card = event.target.closest("[data-card]");
    if (card) {
      show(card);
    }
  });
  review.addEventListener("change", tally);

  document.addEventListener("keydown", function (event) {
    const typing = event.target.closest("input:not([type=radio]):not([type=checkbox]), select, textarea");
    if (event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const key = event.key.toLowerCase();
    if (key === "enter" && typing && typing.matches("input") && review.contains(typing)) {
      event.preventDefault(); // a date typed in must not file the notice
    } else if (typing) {
      return;
    } else if (key === "j" || key === "k") {
      event.preventDefault();
      step(key === "j" ? 1 : -1);
    } else if (key === "y" || key === "n") {
      const card = event.target.closest("[data-card]");
      const radio = card && card.querySelector('[data-key="' + key + '"]');
      if (radio) {
        event.preventDefault();
        radio.click();
        lead(card);
      }
    }
  });

  // Which of the tabs lies open; the style sheet shows its panel by the address alone.
  const tabs = Array.from(document.querySelectorAll("[data-panels] a"));

  function showTab() {
    const open = tabs.find(function (tab) { return tab.getAttribute("href") === location.hash; }) || tabs[0];
    tabs.forEach(function (tab) { tab.toggleAttribute("aria-current", false); });
    open.setAttribute("aria-current", "page");
  }
  if (tabs.length) { // the page 核对变动 has none
    window.addEventListener("hashchange", showTab);
    showTab();
  }

  // A link to a place inside a closed disclosure opens it; a number in the text leads to its card.
  document.addEventListener("click", function (event) {
    const link = event.target.closest('a[href^="#"]');
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!target) {
      return;
    }
    if (target.matches("details")) {
      target.open = true;
    } else if (target.matches("[data-card]") && target.querySelector(".card-fold")) {
      target.querySelector(".card-fold").open = true;
    }
    for (let around = target.closest("details"); around; around = around.parentElement.closest("details")) {
      around.open = true;
    }
    if (target.matches("[data-card]")) {
      event.preventDefault();
      go(target);
    } else if (target.matches("input, select, textarea")) {
      event.preventDefault();
      target.focus();
    }
  });

  // <button data-take-selection="#id_missed-quote">: what is selected in the text goes into the field.
  const taker = review.querySelector("[data-take-selection]");
  if (taker) { // the page 核对变动 has none
    taker.addEventListener("mousedown", function (event) { event.preventDefault(); }); // keeps the selection
    taker.addEventListener("click", function () {
      const selected = window.getSelection();
      const inText = selected.rangeCount && sheet.contains(selected.getRangeAt(0).commonAncestorContainer);
      const field = review.querySelector(taker.dataset.takeSelection);
      if (inText && selected.toString().trim()) {
        field.value = selected.toString().trim();
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      field.focus();
    });
  }

  // Fields in a disclosure had no height when fields.js measured them.
  review.addEventListener("toggle", function (event) {
    event.target.querySelectorAll("textarea[data-grow]").forEach(function (area) {
      area.dispatchEvent(new Event("input"));
    });
  }, true);

  tally();
})();
