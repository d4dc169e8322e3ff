// Files dropped on the desk (load beside the form): <form data-upload data-imported="address of the list">.
//
// As soon as files are chosen each is posted by itself, one after the other, with its progress; the
// answer is data: what was said, and the notice to be checked. A file that comes alone leads there at once,
// unless something is to be read first. A file that is refused keeps none of the others back. Without this script the form posts all of them and the list is the answer.
(function () {
  "use strict";

  const form = document.querySelector("form[data-upload]");
  if (!form) {
    return;
  }
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-upload-list]");
  const said = form.querySelector("[data-upload-said]");
  const waiting = [];
  const taken = []; // the keys of what became a notice
  let refused = 0;
  let alone = ""; // where the only file leads
  let isSending = false;

  form.querySelector("[data-upload-send]").hidden = true;
  input.required = false; // what was chosen is taken out of it at once

  function line(file) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const bar = document.createElement("progress");
    const word = document.createElement("span");
    name.className = "strong";
    name.textContent = file.name;
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    word.className = "cell-sub";
    word.textContent = "等待上传";
    item.append(name, "　", bar, word);
    list.append(item);
    return { file: file, item: item, name: name, bar: bar, word: word };
  }

  function end(one, answer) {
    one.bar.remove();
    one.word.textContent = answer.said;
    one.word.classList.toggle("unsaved", !answer.is_taken);
    if (answer.url) {
      const link = document.createElement("a");
      link.href = answer.url;
      link.textContent = answer.title;
      one.name.replaceWith(link);
      one.word.textContent = one.file.name + "　" + answer.said + "，请核对";
      taken.push(answer.id);
      alone = answer.is_doubtful ? "" : answer.url;
    }
    refused += answer.is_taken ? 0 : 1;
    isSending = false;
    next();
  }

  function read(request) {
    try {
      return JSON.parse(request.responseText);
    } catch (fault) {
      const isShut = request.status === 403 || request.status === 200; // 200: the page of the login
      return {
        is_taken: false,
        said: isShut ? "没有导入：登录已过期或没有权限，请刷新页面后重试"
          : "没有导入：服务器没有完成（" + request.status + "），请稍后重试",
      };
    }
  }

  function post(one) {
    const data = new FormData();
    const request = new XMLHttpRequest();
    data.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    data.append("file", one.file);
    request.upload.addEventListener("progress", function (event) {
      if (event.lengthComputable) {
        one.bar.value = Math.round(event.loaded / event.total * 100);
        one.word.textContent = event.loaded < event.total ? "已上传 " + one.bar.value + "%" : "正在识别…";
      }
    });
    request.addEventListener("load", function () { end(one, read(request)); });
    request.addEventListener("error", function () {
      end(one, { is_taken: false, said: "没有导入：没有连上服务器，请检查网络后重新上传" });
    });
    request.open("POST", form.action);
    request.setRequestHeader("X-Requested-With", "fetch");
    one.word.textContent = "正在上传…";
    request.send(data);
  }

  function next() {
    if (isSending) {
      return;
    }
    if (waiting.length) {
      isSending = true;
      post(waiting.shift());
      return;
    }
    const words = [];
    if (taken.length) { words.push("导入 " + taken.length + " 件"); }
    if (refused) { words.push(refused + " 个文件没有导入，原因见上"); }
    said.textContent = words.join("，") + (words.length ? "。" : "");
    if (alone && list.children.length === 1) {
      said.textContent += "正在打开核对页…";
      location.href = alone;
    } else if (taken.length) {
      const link = document.createElement("a");
      link.href = form.dataset.imported + "?" + taken.map(function (key) { return "id=" + key; }).join("&");
      link.textContent = "查看导入结果";
      said.append("　", link);
    }
  }

  form.addEventListener("change", function () {
    Array.from(input.files).forEach(function (file) { waiting.push(line(file)); });
    input.value = "";
    next();
  });
  window.addEventListener("beforeunload", function (event) {
    if (isSending) {
      event.preventDefault();
      event.returnValue = "";
    }
  });
})();
