// A form that saves itself while it is written (load in the scripts block): <form data-autosave="address">.
//
// What was typed is posted, after a pause, to the address, which saves by the rules of 保存 and answers with
// data: what is wrong at which cell, what the program computes, the revision. [data-save-state] says how
// it stands; [data-live-faults] lists the faults with links. With data-strict what is missing is listed
// too, as after handing in. Nothing of another writer is overwritten: the page then leads to the choice.
(function () {
  "use strict";

  const PAUSE = 1500; // after the last key
  const LONGEST = 10000; // while somebody keeps typing
  const CHANGED = "有未保存的修改";
  const AGAIN = 15000; // after a failure of the network
  const form = document.querySelector("form[data-autosave]");
  if (!form) {
    return;
  }
  const state = document.querySelector("[data-save-state]");
  const list = document.querySelector("[data-live-faults]");
  let edits = 0; // so many changes were made
  let saved = 0; // so many of them are stored
  let since = 0; // when the first unsaved one was made
  let timer = 0;
  let isSending = false;
  let isRefreshed = false; // the token was renewed since the last answer
  let isShut = false; // the last answer was the login, where a posted page would be lost
  let isOver = false; // another one saved, or nothing may be written any more

  function say(text, isSaved) {
    const word = document.createElement("span");
    word.className = isSaved ? "saved" : "unsaved";
    word.textContent = text;
    state.textContent = "";
    state.append(word);
  }

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-link btn-sm";
    made.textContent = label;
    made.addEventListener("click", act);
    state.append(made);
  }

  function leadTo(place, label) {
    const link = document.createElement("a");
    link.href = "#" + place.id;
    link.textContent = label;
    state.append("　", link);
  }

  // Presses 保存, whose answer is a page: it shows what the two writers differ in.
  function press() {
    form.querySelector("button[name=save]").click();
  }

  function wait(pause) {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  }

  // Notes at the cells.

  function cellOf(control) {
    return control.closest("td, .sheet-line, .outline-section");
  }

  function clearNotes() {
    form.querySelectorAll(".cell-note:not(.cell-mark):not(.cell-origin)").forEach(function (note) {
      const notes = note.parentNode;
      note.remove();
      if (notes.matches(".cell-notes") && !notes.children.length) {
        notes.remove();
      }
    });
    form.querySelectorAll(".is-wrong, .is-doubtful").forEach(function (cell) {
      cell.classList.remove("is-wrong", "is-doubtful");
    });
    form.querySelectorAll("[aria-invalid]").forEach(function (control) {
      control.removeAttribute("aria-invalid");
    });
  }

  function notesOf(control) {
    let notes = document.getElementById(control.id + "-note");
    if (!notes) {
      notes = document.createElement("span");
      notes.className = "cell-notes";
      notes.id = control.id + "-note";
      cellOf(control).append(notes);
      control.setAttribute("aria-describedby", notes.id);
    }
    return notes;
  }

  function note(problem) {
    const control = document.getElementById(problem.id);
    if (!control || control === form || !cellOf(control)) {
      return;
    }
    const isError = problem.level === "error";
    const line = document.createElement("span");
    line.className = isError ? "cell-note cell-fault" : "cell-note";
    line.textContent = problem.message;
    notesOf(control).prepend(line);
    cellOf(control).classList.add(isError ? "is-wrong" : "is-doubtful");
    if (isError && control.matches("input, select, textarea")) {
      control.setAttribute("aria-invalid", "true");
    }
  }

  // The linked summary.

  function line(problem) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = "#" + problem.id;
    link.textContent = problem.place;
    item.append(link, "：" + problem.message);
    return item;
  }

  function summarise(shown, missing) {
    const errors = shown.filter(function (one) { return one.level === "error"; }).length;
    const words = [];
    if (errors) { words.push("有 " + errors + " 处要改正"); }
    if (shown.length > errors) { words.push("有 " + (shown.length - errors) + " 处请留意，不影响提交"); }
    if (missing) { words.push("还有 " + missing + " 处必填项没有填，提交审核前请填好"); }
    list.textContent = "";
    list.hidden = shown.length === 0;
    list.classList.toggle("only-doubts", errors === 0);
    const head = document.createElement("p");
    const lines = document.createElement("ul");
    head.textContent = words.join("；") + (shown.length ? "：" : "。");
    lines.append.apply(lines, shown.map(line));
    list.append(head, lines);
  }

  function check(told) {
    const isStrict = form.hasAttribute("data-strict");
    const shown = told.problems.filter(function (one) { return isStrict || !one.missing; });
    clearNotes();
    shown.slice().reverse().forEach(note);
    summarise(shown, told.problems.length - shown.length);
    document.querySelectorAll(".form-errors, [data-warnings]").forEach(function (old) { old.hidden = true; });
    Object.keys(told.computed).forEach(function (id) {
      const cell = document.getElementById(id);
      const text = cell && cell.querySelector("[data-text]");
      if (text) {
        text.textContent = told.computed[id];
      }
    });
  }

  // Posting.

  function keep(told, sent) {
    form.querySelector("[name=revision]").value = told.revision;
    form.querySelector("[name=base]").value = told.base;
    saved = sent;
    if (saved === edits) {
      since = 0;
      say(told.said, true);
      form.querySelectorAll(".is-edited").forEach(function (cell) {
        cell.classList.replace("is-edited", "is-stored");
      });
      form.dispatchEvent(new Event("form:saved", { bubbles: true }));
    } else {
      say(CHANGED);
    }
  }

  function told(answer, sent) {
    if (answer.state === "saved") {
      keep(answer, sent);
    } else if (answer.state === "refused") {
      say("未保存：" + answer.said);
      leadTo(list, "查看");
    } else {
      isOver = true;
      say("未保存：" + answer.said);
      if (answer.state === "conflict") {
        button("查看并选择", press);
      }
    }
    if (answer.problems && sent === edits) {
      check(answer);
    }
  }

  function failed(text) {
    say(text);
    wait(AGAIN);
  }

  function read(answer, sent) {
    const isData = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    isShut = !isData && (answer.redirected || answer.status === 403);
    if (isData) {
      isRefreshed = false;
      return answer.json().then(function (data) { told(data, sent); });
    }
    if (isShut) {
      failed("未保存：登录已过期或没有权限。请另开一页登录，本页内容不会丢失");
      return refresh();
    }
    failed("未保存：服务器没有完成（" + answer.status + "），稍后自动重试");
    return null;
  }

  // After another login the page's token is an old one; the form's own page has a new one, to be taken
  // where the same person logged in.
  function refresh() {
    if (isRefreshed) {
      return null;
    }
    return fetch(form.action, { credentials: "same-origin" })
      .then(function (answer) { return answer.ok && !answer.redirected ? answer.text() : ""; })
      .then(function (text) {
        const page = new DOMParser().parseFromString(text, "text/html");
        const token = page.querySelector("form[data-autosave] [name=csrfmiddlewaretoken]");
        const person = page.querySelector(".topbar [data-person]");
        const own = document.querySelector(".topbar [data-person]");
        if (token && person && own && person.dataset.person === own.dataset.person) {
          form.querySelector("[name=csrfmiddlewaretoken]").value = token.value;
          document.querySelector('meta[name="csrf-token"]').content = token.value;
          isRefreshed = true;
          wait(0);
        }
      });
  }

  function send() {
    clearTimeout(timer);
    if (isSending || isOver || saved === edits) {
      return;
    }
    const sent = edits;
    isSending = true;
    say("正在保存…", true);
    fetch(form.dataset.autosave, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      credentials: "same-origin",
      headers: { "X-Requested-With": "fetch" },
    })
      .then(function (answer) { return read(answer, sent); })
      .catch(function () { failed("未保存：没有连上服务器，稍后自动重试"); })
      .then(function () {
        isSending = false;
        if (sent !== edits) {
          wait(PAUSE);
        }
      });
  }

  // ✓ in a cell whose last word is stored; it goes with the next one typed there.
  function mark(event) {
    const cell = event.target.matches("input, select, textarea") && cellOf(event.target);
    if (cell) {
      cell.classList.remove("is-stored");
      cell.classList.add("is-edited");
    }
  }

  function edited() {
    edits += 1;
    // What was done before is no longer how it stands: the one line below says that.
    document.querySelectorAll("#messages .message-success").forEach(function (said) { said.remove(); });
    since = since || Date.now();
    if (isOver) {
      return;
    }
    if (!isSending) {
      say(CHANGED);
    }
    wait(Date.now() - since > LONGEST ? 0 : PAUSE);
  }

  form.addEventListener("input", edited);
  form.addEventListener("input", mark);
  form.addEventListener("form:save", function () {
    if (isOver) {
      press(); // the page that answers says why, and what to choose
    } else {
      send();
    }
  });
  form.addEventListener("submit", function (event) {
    if (isShut) {
      event.preventDefault();
      wait(0);
      return;
    }
    isOver = true;
    clearTimeout(timer);
  });
  // Who turns to another page has saved before; who comes back from logging in saves at once.
  document.addEventListener("visibilitychange", send);
  window.addEventListener("focus", send);
})();
