// What every page can do beyond plain HTML. Pages work without it.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  const messages = document.getElementById("messages");

  // Whose pages these are, at the head of each sheet of paper: print.css.
  document.documentElement.style.setProperty("--unit", JSON.stringify(document.documentElement.dataset.unit || ""));

  function say(word, text) {
    const line = document.createElement("p");
    const strong = document.createElement("span");
    line.className = "message message-error";
    strong.className = "message-word";
    strong.textContent = word;
    line.append(strong, text);
    messages.textContent = "";
    messages.append(line);
  }

  document.addEventListener("page:say", function (event) { say(event.detail.word, event.detail.text); });

  // htmx: the CSRF token goes with every request; a failed one is told in place.
  document.addEventListener("htmx:configRequest", function (event) {
    event.detail.headers["X-CSRFToken"] = document.querySelector('meta[name="csrf-token"]').content;
  });
  document.addEventListener("htmx:sendError", function () {
    say("未完成", "没有连上服务器，内容没有保存。请检查网络后重试。");
  });
  document.addEventListener("htmx:responseError", function (event) {
    const status = event.detail.xhr.status;
    const said = event.detail.xhr.getResponseHeader("X-Said");
    if (said) {
      say("已停止", decodeURIComponent(said));
      return;
    }
    say("未完成", status === 403
      ? "没有权限，或登录已过期。请另开一页登录后重试，本页内容不会丢失。"
      : "服务器没有完成这次操作（" + status + "）。请稍后重试。");
  });

  // <a data-back>: the page before as it was left, with what was typed in it.
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-back]") && history.length > 1) {
      event.preventDefault();
      history.back();
    }
  });

  // Disclosures used as menus and confirmations: Escape, 取消 and a click elsewhere close them.
  const floating = "details.menu, details.confirm";

  function closeFloating(keep) {
    document.querySelectorAll(floating).forEach(function (details) {
      if (details.open && !(keep && details.contains(keep))) {
        details.open = false;
      }
    });
  }

  document.addEventListener("click", function (event) {
    const closer = event.target.closest("[data-close-details]");
    if (closer) {
      const details = closer.closest("details");
      details.open = false;
      details.querySelector("summary").focus();
      return;
    }
    closeFloating(event.target);
  });
  document.addEventListener("keydown", function (event) {
    const open = event.key === "Escape" && event.target.closest("details.menu[open], details.confirm[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });

  // Leaving a form with unsaved changes: <form data-guard>. What saves by itself says so: form:saved.
  let unsaved = false;

  document.addEventListener("input", function (event) {
    if (event.target.closest("form[data-guard]")) {
      unsaved = true;
    }
  });
  ["submit", "form:saved"].forEach(function (kind) {
    document.addEventListener(kind, function (event) { unsaved = unsaved && event.defaultPrevented; });
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    const keeps = event.detail.elt.closest("[data-keeps-unsaved]"); // nothing is stored by it
    if (event.detail.successful && event.detail.requestConfig.verb !== "get" && !keeps) {
      unsaved = false;
    }
  });
  window.addEventListener("beforeunload", function (event) {
    if (unsaved) {
      event.preventDefault();
      event.returnValue = "";
    }
  });

  // Bulk acts: <form data-bulk> with checkboxes, one [data-bulk-all] and a [data-bulk-count].
  function showPicked(form) {
    const boxes = Array.from(form.querySelectorAll("tbody input[type=checkbox]"));
    const all = form.querySelector("[data-bulk-all]");
    const picked = boxes.filter(function (box) { return box.checked; });
    boxes.forEach(function (box) { box.closest("tr").classList.toggle("is-picked", box.checked); });
    if (all) {
      all.checked = boxes.length > 0 && picked.length === boxes.length;
      all.indeterminate = picked.length > 0 && picked.length < boxes.length;
    }
    form.querySelectorAll("[data-bulk-count]").forEach(function (out) { out.textContent = picked.length; });
    form.querySelectorAll("[data-bulk-bar]").forEach(function (bar) { bar.hidden = picked.length === 0; });
  }

  function showAllPicked() {
    document.querySelectorAll("form[data-bulk]").forEach(showPicked);
  }

  document.addEventListener("change", function (event) {
    const form = event.target.closest("form[data-bulk]");
    if (!form || event.target.type !== "checkbox") {
      return;
    }
    if (event.target.matches("[data-bulk-all]")) {
      form.querySelectorAll("tbody input[type=checkbox]").forEach(function (box) {
        box.checked = event.target.checked;
      });
    }
    showPicked(form);
  });
  showAllPicked();
  document.addEventListener("list:shown", showAllPicked);
  // who comes back finds the boxes as they were left
  window.addEventListener("pageshow", showAllPicked);

  // After a refused form the reader, sighted or not, starts at the list of faults.
  function focusFaults(root) {
    const faults = root.querySelector("[data-focus]");
    if (faults) {
      faults.focus();
    }
  }

  focusFaults(document);
  document.addEventListener("htmx:afterSwap", function (event) { focusFaults(event.detail.target); });

  // Whose button goes with the answer, or is put out of use until it comes, goes on at the same button,
  // else at what has come in its place.
  let left = null;

  document.addEventListener("htmx:beforeRequest", function (event) {
    const place = event.detail.target;
    const here = document.activeElement;
    if (place && place.id && place.contains(here)) {
      left = { place: place.id, name: here.name, value: here.value };
    }
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    if (!left || event.detail.target.id !== left.place) {
      return;
    }
    const place = document.getElementById(left.place);
    const same = Array.from(place ? place.querySelectorAll("button, input, select, textarea") : []).find(function (one) {
      return left.name && one.name === left.name && one.value === left.value;
    });
    left = null;
    if (place && document.activeElement === document.body) {
      if (!place.hasAttribute("tabindex")) {
        place.tabIndex = -1;
      }
      (same || place).focus({ preventScroll: true });
    }
  });
});
