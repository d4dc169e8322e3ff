// The pages 下发 and 转发分解 (load in the scripts block): all or none of a level, and how many tasks will be made.
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
    let clauses = 0;
    let periods = 0;
    let first = null;
    form.querySelectorAll("[data-issue-clause]").forEach(function (clause) {
      const chosen = periodsOf(clause);
      if (clause.querySelector("[data-clause]").checked) {
        clauses += 1;
        periods += chosen;
        if (chosen && clause.dataset.first && (!first || clause.dataset.first < first.first)) {
          first = clause.dataset;
        }
      }
    });
    const units = ticked(form, "[data-unit]").length;
    say("clause", clauses);
    say("period", periods);
    say("unit", units);
    say("task", periods * units);
    sayFirst(first);
  }

  // The rows that are ticked and filled in; a clause without rows goes out as often as the server says.
  function periodsOf(clause) {
    if (!clause.querySelector("[data-period]")) {
      return Number(clause.dataset.issueClause);
    }
    const chosen = ticked(clause, "[data-period]").filter(function (box) {
      return box.dataset.period || box.closest("tr").querySelector("[type=date]").value;
    }).length;
    clause.querySelector("[data-clause-periods]").textContent = chosen;
    return chosen;
  }

  // The first reminder of what is ticked, in the words of the server.
  function sayFirst(first) {
    const place = form.querySelector(".actbar [data-first-words]");
    if (place) {
      place.textContent = first ? first.firstWords : place.dataset.none;
    }
  }

  // 转发分解 chooses units alone and counts nothing else.
  function say(what, number) {
    form.querySelectorAll("[data-" + what + "-count]").forEach(function (place) { place.textContent = number; });
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
