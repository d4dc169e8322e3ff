// The page 下发 (load in the scripts block): all or none of a level, and how many tasks will be made.
// Without scripts the boxes are ticked one by one and the server counts.
(function () {
  "use strict";

  const form = document.querySelector("[data-issue]");
  if (!form) {
    return;
  }

  function ticked(root, selector) {
    return Array.from(root.querySelectorAll(selector)).filter(function (box) { return box.checked; });
  }

  function count() {
    form.querySelectorAll("[data-tier]").forEach(function (tier) {
      const chosen = ticked(tier, "[data-unit]").length;
      const all = tier.querySelectorAll("[data-unit]").length;
      const box = tier.querySelector("[data-tier-all]");
      tier.querySelector("[data-tier-count]").textContent = chosen;
      box.checked = chosen === all;
      box.indeterminate = chosen > 0 && chosen < all;
    });
    const clauses = ticked(form, "[data-clause]").length;
    const units = ticked(form, "[data-unit]").length;
    form.querySelector("[data-clause-count]").textContent = clauses;
    form.querySelector("[data-unit-count]").textContent = units;
    form.querySelector("[data-task-count]").textContent = clauses * units;
  }

  form.addEventListener("change", function (event) {
    if (event.target.matches("[data-tier-all]")) {
      event.target.closest("[data-tier]").querySelectorAll("[data-unit]").forEach(function (box) {
        box.checked = event.target.checked;
      });
    }
    count();
  });

  count();
})();
