// The ledger on a wide screen: a row that is chosen opens beside the list, the address keeps it (?open=). Up, Down,
// j and k go from row to row, Enter opens, Escape closes. On narrower screens the link leads to the task.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  const wide = window.matchMedia("(min-width: 1600px)");
  const titles = "[data-split] a.cell-title";
  const STEPS = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

  function keyOf(link) {
    return link.pathname.split("/")[2]; // /assignments/12/
  }

  function opened() {
    return new URLSearchParams(location.search).get("open");
  }

  function keep(key) {
    const address = new URL(location.href);
    address.searchParams.delete("open");
    if (key) {
      address.searchParams.set("open", key);
    }
    history.replaceState(history.state, "", address);
  }

  // The row that is open is marked, after each change of the list too.
  function mark() {
    const split = document.querySelector("[data-split]");
    const isOpen = document.getElementById("beside").childElementCount > 0;
    split.classList.toggle("is-open", isOpen);
    document.querySelectorAll(titles).forEach(function (link) {
      const isThis = isOpen && keyOf(link) === opened();
      link.closest("tr").classList.toggle("is-open", isThis);
      link[isThis ? "setAttribute" : "removeAttribute"]("aria-current", "true");
    });
  }

  function open(link) {
    const key = keyOf(link);
    window.htmx.ajax("GET", link.pathname + "beside/", { target: "#beside", swap: "innerHTML" }).then(function () {
      if (document.getElementById("beside-head")) {
        keep(key);
        mark();
        document.querySelector(".filters [role=status]").textContent = "右侧已打开：" + link.textContent;
      }
    });
  }

  function close() {
    const current = document.querySelector(titles + "[aria-current]");
    document.getElementById("beside").textContent = "";
    keep("");
    mark();
    if (current) {
      current.focus();
    }
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-beside-close]")) {
      close();
      return;
    }
    const link = event.target.closest(titles);
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (link && wide.matches && isPlain) {
      event.preventDefault();
      open(link);
    }
  });

  document.addEventListener("keydown", function (event) {
    const isWritten = event.target.matches("input, select, textarea, summary");
    if (isWritten || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
      return;
    }
    if (event.key === "Escape" && wide.matches && document.getElementById("beside").childElementCount) {
      close();
    } else if (event.key in STEPS) {
      go(event, STEPS[event.key]);
    }
  });

  // The arrows move the page until a row has the focus; j and k begin with the first one.
  function go(event, step) {
    const links = Array.from(document.querySelectorAll(titles));
    const at = links.indexOf(document.activeElement);
    const next = at < 0 && event.key.length === 1 ? links[0] : at < 0 ? null : links[at + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

  document.addEventListener("list:shown", mark);
  mark();
});
