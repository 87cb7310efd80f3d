// Letters: the length while one types, as the network counts it, and copying.
"use strict";

(() => {
  document.documentElement.classList.add("scripted");

  const find = (selector, root = document) => root.querySelector(selector);
  const formOf = (element) => element.closest?.(".letter-text");
  const filled = (template, slots) =>
    template.replace(/\{(\w+)\}/g, (_, name) => slots[name]);

  // A text field counts as JavaScript does, in UTF-16; XING counts characters.
  const lengthOf = (text, counts) =>
    counts === "characters" ? [...text].length : text.length;

  function shown(form) {
    const place = find("#letter-place", form).selectedOptions[0];
    const text = find("textarea", form).value.trim();
    const most = Number(place.dataset.most) || Infinity;
    const length = lengthOf(text, place.dataset.counts);
    const number = (value) => value.toLocaleString(document.documentElement.lang);
    const line = find(".length", form);
    line.textContent = filled(
      most === Infinity ? line.dataset.all : line.dataset.of,
      { length: number(length), most: number(most) },
    );
    const over = find(".over", form);
    over.hidden = length <= most;
    // Said again only when it changes, or a screen reader would never stop.
    const words = over.hidden ? "" : filled(over.dataset.over, { over: number(length - most) });
    if (over.textContent !== words) over.textContent = words;
    find("[data-copies]", form).setAttribute("aria-disabled", String(!over.hidden));
    return over.hidden;
  }

  document.addEventListener("input", (event) => {
    const form = formOf(event.target);
    if (form) shown(form);
  });
  for (const name of ["DOMContentLoaded", "htmx:afterSwap"]) {
    document.addEventListener(name, () => {
      document.querySelectorAll(".letter-text").forEach(shown);
    });
  }

  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.("[data-copies]");
      if (!button) return;
      const form = formOf(button);
      if (!shown(form)) {
        event.preventDefault();
        event.stopPropagation();
        find("textarea", form).focus();
        return;
      }
      const field = find("textarea", form);
      // What cannot be copied for one is at least marked to be copied by hand.
      const marked = () => field.select();
      if (!navigator.clipboard) marked();
      else navigator.clipboard.writeText(field.value.trim()).catch(marked);
    },
    true,
  );
})();
