// Loaded before the page is drawn, so that a rail folded last time does not jump.
(function () {
  const page = document.documentElement;
  page.classList.add("scripted");
  try {
    page.classList.toggle("rail-narrow", localStorage.getItem("rail") === "narrow");
  } catch (error) {
    // Storage may be switched off by policy; the rail then opens wide on every page.
  }
})();
