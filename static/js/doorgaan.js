/* Goes on by itself where a page only passes on: sends the one form, or follows the one link. Without it, a button or
   link does the same. */
(function () {
  "use strict";

  document.addEventListener("DOMContentLoaded", function () {
    var verder = document.querySelector("[data-doorgaan]");
    if (!verder) return;
    if (verder.tagName === "FORM") verder.submit();
    else window.location.replace(verder.href);
  });
})();
