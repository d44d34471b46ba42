// Says so where a browser is too old, in words that every browser understands: no arrow, no const.
// What the page needs came last to Chrome and Edge 123, Firefox 121 and Safari 17.5.
(function () {
  var css = window.CSS && window.CSS.supports;
  var fine = css && css.call(window.CSS, "color", "light-dark(#000, #fff)");
  fine = fine && css.call(window.CSS, "selector(:has(a))");
  if (fine) return;
  document.documentElement.className += " frame-old";
  var late = document.getElementById("frame-late");
  var start = document.getElementById("frame-start");
  late.setAttribute("data-why", "old");
  if (start) start.parentNode.insertBefore(late, start);
})();
