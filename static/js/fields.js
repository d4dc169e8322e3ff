// Fields: growing text areas, the count of characters, dropped files, lists narrowed by a word.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";

  // 字数 as Word and WPS count it: each Han character or full-width mark is one, and so is each
  // unbroken run of anything else (letters, digits, half-width marks).
  const wide = /[\u2e80-\u2fff\u3001-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffef\u{20000}-\u{3ffff}\u00b7\u2014\u2018-\u201d\u2026\u2460-\u24ff]/gu;

  function words(text) {
    const marks = text.match(wide) || [];
    const runs = text.replace(wide, " ").match(/\S+/g) || [];
    return marks.concat(runs);
  }

  function countWords(text) {
    return words(text).length;
  }

  // 不计标点: a mark inside a run (3.5, 50%) does not split it, one by itself is none.
  function countPlain(text) {
    return words(text).filter(function (word) { return /[^\p{P}]/u.test(word); }).length;
  }

  function showCount(output, count, limit) {
    output.textContent = limit ? "字数 " + count + " / " + limit : "字数 " + count;
    output.classList.toggle("counter-over", limit > 0 && count > limit);
    if (limit > 0 && count > limit) {
      output.textContent += "，超出 " + (count - limit) + " 字";
    }
  }

  // <textarea data-count="3000">, or data-count="" without a limit.
  function count(area) {
    let output = area.nextElementSibling;
    if (!output || !output.matches("output.counter")) {
      output = document.createElement("output");
      output.className = "counter";
      area.after(output);
    }
    showCount(output, countWords(area.value), Number(area.dataset.count));
  }

  // <output data-count-total="3000"> sums all counted areas of its form.
  function countTotal(form) {
    const output = form && form.querySelector("[data-count-total]");
    if (output) {
      const areas = Array.from(form.querySelectorAll("textarea[data-count]"));
      const sum = function (count) {
        return areas.reduce(function (total, area) { return total + count(area.value); }, 0);
      };
      showCount(output, sum(countWords), Number(output.dataset.countTotal));
      output.textContent += "（不计标点 " + sum(countPlain) + "）";
    }
  }

  // <textarea data-grow>: as high as its text.
  function grow(area) {
    area.style.height = "auto";
    area.style.height = area.scrollHeight + area.offsetHeight - area.clientHeight + "px";
  }

  function touch(area) {
    if (area.hasAttribute("data-grow") || area.closest(".sheet")) {
      grow(area);
    }
    if (area.hasAttribute("data-count")) {
      count(area);
      countTotal(area.form);
    }
  }

  function touchAll(root) {
    root.querySelectorAll("textarea").forEach(touch);
  }

  document.addEventListener("input", function (event) {
    if (event.target.matches("textarea")) {
      touch(event.target);
    }
  });
  document.addEventListener("htmx:afterSwap", function (event) { touchAll(event.detail.target); });
  document.addEventListener("sheet:changed", function (event) { touchAll(event.target); });
  touchAll(document);

  // [data-drop] around a file input: dropped files go into the input; the names are listed.
  function size(bytes) {
    return bytes < 1048576 ? Math.ceil(bytes / 1024) + " KB" : (bytes / 1048576).toFixed(1) + " MB";
  }

  function listFiles(zone) {
    const input = zone.querySelector("input[type=file]");
    const list = zone.querySelector("[data-drop-files]");
    list.textContent = "";
    Array.from(input.files).forEach(function (file) {
      const line = document.createElement("li");
      line.textContent = file.name + "（" + size(file.size) + "）";
      list.append(line);
    });
  }

  ["dragover", "dragleave", "drop"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      const zone = event.target.closest && event.target.closest("[data-drop]");
      if (!zone) {
        return;
      }
      event.preventDefault();
      zone.classList.toggle("is-over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) {
        const input = zone.querySelector("input[type=file]");
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  });
  document.addEventListener("change", function (event) {
    const zone = event.target.type === "file" && event.target.closest("[data-drop]");
    if (zone) {
      listFiles(zone);
    }
  });

  // <input data-narrow="#units">: hides the list items below #units whose text lacks the word.
  document.addEventListener("input", function (event) {
    if (!event.target.matches("[data-narrow]")) {
      return;
    }
    const word = event.target.value.trim();
    document.querySelectorAll(event.target.dataset.narrow + " li").forEach(function (item) {
      item.hidden = word !== "" && !item.textContent.includes(word);
    });
  });

  // <input list="units" data-suggest="/address/">: what is typed is looked up with ?q=, and the
  // answer, a run of options, becomes the list. Without an answer one types the name oneself.
  let lookUp = 0;

  document.addEventListener("input", function (event) {
    const input = event.target;
    if (!input.matches("[data-suggest]")) {
      return;
    }
    const words = input.value.trim();
    clearTimeout(lookUp);
    lookUp = setTimeout(function () {
      fetch(input.dataset.suggest + "?q=" + encodeURIComponent(words), { credentials: "same-origin" })
        .then(function (answer) { return answer.ok && !answer.redirected ? answer.text() : ""; })
        .then(function (options) {
          if (input.value.trim() === words) {
            input.list.innerHTML = options;
          }
        })
        .catch(function () { input.list.textContent = ""; });
    }, 200);
  });

  // A date box with 2025-02-30 in it would be sent as empty, and an empty one means no deadline:
  // it is told of at its place and nothing is sent, whatever the form says about checking.
  document.addEventListener("submit", function (event) {
    const wrong = Array.from(event.target.elements).find(function (field) {
      return field.validity && field.validity.badInput;
    });
    if (!wrong) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    for (let around = wrong.closest("details"); around; around = around.parentElement.closest("details")) {
      around.open = true;
    }
    const place = wrong.closest(".field") || wrong.parentElement;
    if (!place.querySelector("[data-no-day]")) {
      const list = document.createElement("ul");
      const line = document.createElement("li");
      list.className = "errorlist";
      list.dataset.noDay = "";
      line.textContent = wrong.type === "date" ? "没有这一天或没有填完整，请改正后再提交" : "没有填完整，请改正后再提交";
      list.append(line);
      place.append(list);
      wrong.addEventListener("change", function () { list.remove(); }, { once: true });
    }
    wrong.focus();
  }, true);
});
