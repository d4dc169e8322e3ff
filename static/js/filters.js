// The filters of a list apply as they are chosen: <form data-autosubmit> with method get. The page is asked
// for with the new question, and all of it but the form takes the place of what stood there: the focus stays
// in its field, the address is that of the list, Back leads to the question before. Without scripts the
// form has a button (.scriptless).
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  const chosen = "form[data-autosubmit]";
  const PAUSE = 600; // of who types
  const MOMENT = 150; // an arrow key passes over several options
  let form = document.querySelector(chosen);
  if (!form) {
    return;
  }
  const main = document.getElementById("content");
  const hits = document.createElement("p");
  let asked = question();
  let here = location.pathname + location.search;
  let typed = null; // the field whose words made the last address: its next words take that one's place
  let timer = 0;
  let asking = null;

  hits.className = "visually-hidden";
  hits.setAttribute("role", "status");
  form.append(hits);

  function question() {
    return location.pathname + "?" + new URLSearchParams(new FormData(form)).toString();
  }

  // Half a day, a year that is not yet one of ours and half a name of a unit are no question.
  function isWhole(field) {
    if (field.type === "date" || field.type === "month") {
      return !field.validity.badInput && /^$|^(19|2[01])\d\d-/.test(field.value);
    }
    if (field.hasAttribute("data-suggest")) {
      return field.value === "" || Array.from(field.list.options).some(function (one) { return one.value === field.value; });
    }
    return true;
  }

  function isTyped(field) {
    return field.matches("input:not([type=checkbox]):not([type=radio])");
  }

  function later(field, pause) {
    clearTimeout(timer);
    timer = setTimeout(function () { apply(field); }, pause);
  }

  function apply(field) {
    clearTimeout(timer);
    const address = question();
    if (address === asked) {
      return;
    }
    const goesOn = field && isTyped(field) && field === typed;
    asked = address;
    typed = field && isTyped(field) ? field : null;
    load(address).then(function (page) {
      if (page) {
        history[goesOn ? "replaceState" : "pushState"](null, "", address);
        here = address;
        show(page);
      }
    });
  }

  // The page at this address; null where it is not ours to show: a newer question, the login, a fault.
  function load(address) {
    if (asking) {
      asking.abort();
    }
    asking = new AbortController();
    main.setAttribute("aria-busy", "true");
    return fetch(address, { credentials: "same-origin", signal: asking.signal })
      .then(function (answer) {
        if (answer.redirected || !answer.ok) {
          location.assign(address); // the server says what is the matter
          return null;
        }
        return answer.text().then(function (text) { return new DOMParser().parseFromString(text, "text/html"); });
      })
      .then(function (page) {
        main.removeAttribute("aria-busy");
        return page;
      })
      .catch(function (fault) {
        if (fault.name === "AbortError") {
          return null;
        }
        main.removeAttribute("aria-busy");
        asked = null;
        const detail = { word: "未完成", text: "没有连上服务器，列表还是原来的。请检查网络后再选。" };
        document.dispatchEvent(new CustomEvent("page:say", { detail: detail }));
        return null;
      });
  }

  function show(page) {
    const fresh = page.querySelector(chosen);
    document.title = page.title;
    main.querySelector(".page-head").replaceWith(page.querySelector(".page-head"));
    dress(fresh);
    around(main, page.getElementById("content"), form, fresh);
    tell();
  }

  // In the place of all that stands around the form goes what stands around the fresh one.
  function around(old, next, kept, freshKept) {
    const stays = function (one) { return one.matches && one.matches(".crumbs, .page-head, #messages"); };
    const holder = childWith(old, kept);
    const freshHolder = childWith(next, freshKept);
    Array.from(old.childNodes).forEach(function (one) {
      if (one !== holder && !stays(one)) {
        one.remove();
      }
    });
    let isAfter = false;
    Array.from(next.childNodes).forEach(function (one) {
      if (one === freshHolder) {
        isAfter = true;
      } else if (!stays(one)) {
        old.insertBefore(document.adoptNode(one), isAfter ? null : holder);
      }
    });
    if (holder !== kept) {
      around(holder, freshHolder, kept, freshKept);
    }
  }

  function childWith(root, one) {
    return Array.from(root.children).find(function (child) { return child.contains(one); });
  }

  // The form itself keeps its fields and what is typed there; chips and what is wrong are told anew.
  function dress(fresh) {
    const chips = form.querySelector(".chips");
    const freshChips = fresh.querySelector(".chips");
    if (chips) {
      chips.remove();
    }
    if (freshChips) {
      form.insertBefore(document.adoptNode(freshChips), hits);
    }
    const parts = ".filter, .filter-menu";
    const freshParts = fresh.querySelectorAll(parts);
    form.querySelectorAll(parts).forEach(function (part, index) {
      part.className = freshParts[index] ? freshParts[index].className : part.className;
    });
  }

  // How many there are, for who does not see the list.
  function tell() {
    const told = main.querySelector(".pager-count") || main.querySelector(".empty-belongs");
    const rows = main.querySelectorAll("tbody tr").length;
    hits.textContent = told ? told.textContent : rows ? "列出 " + rows + " 行" : "列表已更新";
    window.htmx.process(main);
    document.dispatchEvent(new CustomEvent("list:shown"));
  }

  document.addEventListener("input", function (event) {
    const field = event.target;
    if (!form.contains(field) || !isTyped(field)) {
      return;
    }
    clearTimeout(timer);
    if (!event.isComposing && isWhole(field)) {
      later(field, PAUSE);
    }
  });
  document.addEventListener("compositionend", function (event) {
    if (form.contains(event.target) && isWhole(event.target)) {
      later(event.target, PAUSE);
    }
  });
  // A day tells of a change with every digit, other fields when they are left.
  document.addEventListener("change", function (event) {
    const field = event.target;
    if (!form.contains(field)) {
      return;
    }
    const isDay = field.type === "date" || field.type === "month";
    if (!isDay) {
      later(field, isTyped(field) ? 0 : MOMENT);
    } else if (isWhole(field)) {
      later(field, PAUSE);
    }
  });
  document.addEventListener("submit", function (event) {
    if (event.target === form) {
      event.preventDefault();
      apply(document.activeElement);
    }
  });
  window.addEventListener("popstate", function () {
    const address = location.pathname + location.search;
    if (address === here) {
      return; // a step within the page
    }
    here = address;
    load(address).then(function (page) {
      if (page) {
        const fresh = document.importNode(page.querySelector(chosen), true);
        form.replaceWith(fresh);
        form = fresh;
        form.append(hits);
        show(page);
        asked = question();
        typed = null;
      }
    });
  });
});
