// The search box: "/" leads to it, the first ten hits appear while one types, the arrow keys walk
// through them and Enter opens one. Without this script it is a form.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";

  const form = document.querySelector("form[data-search]");
  if (!form) {
    return;
  }
  const input = form.querySelector("input[type=search]");
  const list = form.querySelector(".search-typed");
  let waiting = 0;
  let shown = "";

  list.setAttribute("role", "listbox");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  function options() {
    return Array.from(list.querySelectorAll("[role=option]"));
  }

  function chosen() {
    return list.querySelector("[aria-selected=true]");
  }

  function choose(option) {
    options().forEach(function (one) { one.setAttribute("aria-selected", String(one === option)); });
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function close() {
    clearTimeout(waiting);
    list.hidden = true;
    choose(null);
    input.setAttribute("aria-expanded", "false");
  }

  function open() {
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  function show(words, answer) {
    if (input.value.trim() !== words || document.activeElement !== input || !answer) {
      return;
    }
    list.innerHTML = answer;
    shown = words;
    choose(null);
    open();
  }

  function lookUp() {
    const words = input.value.trim();
    fetch(form.dataset.search + "?q=" + encodeURIComponent(words), { credentials: "same-origin" })
      .then(function (answer) { return answer.ok && !answer.redirected ? answer.text() : ""; })
      .then(function (answer) { show(words, answer); })
      .catch(close);
  }

  // While a word is being composed (pinyin) it is none yet.
  input.addEventListener("input", function (event) {
    clearTimeout(waiting);
    if (event.isComposing) {
      return;
    }
    if (input.value.trim().length < 2) {
      close();
      return;
    }
    waiting = setTimeout(lookUp, 200);
  });
  input.addEventListener("compositionend", function () {
    clearTimeout(waiting);
    if (input.value.trim().length > 1) {
      waiting = setTimeout(lookUp, 200);
    }
  });
  input.addEventListener("focus", function () {
    if (shown && shown === input.value.trim() && list.firstElementChild) {
      open();
    }
  });

  input.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229) {
      return;
    }
    const all = options();
    const at = all.indexOf(chosen());
    if (event.key === "Escape") {
      if (!list.hidden) {
        event.preventDefault();
      }
      close();
    } else if (event.key === "ArrowDown" && list.hidden && shown && shown === input.value.trim()) {
      event.preventDefault();
      open();
    } else if (event.key === "ArrowDown" && !list.hidden) {
      event.preventDefault();
      choose(all[(at + 1) % all.length]);
    } else if (event.key === "ArrowUp" && !list.hidden) {
      event.preventDefault();
      choose(all[at > 0 ? at - 1 : all.length - 1]);
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      location.href = all[at].dataset.href;
    }
  });

  list.addEventListener("mousedown", function (event) {
    const option = event.target.closest("[role=option]");
    if (option && event.button === 0) {
      event.preventDefault();
      location.href = option.dataset.href;
    }
  });
  input.addEventListener("blur", close);

  // "/" anywhere but where one writes; with a Chinese input method on, the same key.
  document.addEventListener("keydown", function (event) {
    const writes = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    const isSlash = event.key === "/" || (event.code === "Slash" && !event.shiftKey);
    if (isSlash && !writes && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
});
