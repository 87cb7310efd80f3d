// Letters: the length while one types, as the network counts it, and copying.
"use strict";

(() => {
  document.documentElement.classList.add("scripted");

  const find = (selector) => document.querySelector(selector);
  const filled = (template, slots) =>
    template.replace(/\{(\w+)\}/g, (_, name) => slots[name]);
  const number = (value) => value.toLocaleString(document.documentElement.lang);

  // A text field counts as JavaScript does, in UTF-16; XING counts characters.
  const lengthOf = (text, counts) =>
    counts === "characters" ? [...text].length : text.length;

  // Shows the length, and returns whether the text fits.
  function measured() {
    const field = find("#letter-words");
    if (!field) return true;
    const place = find("#letter-place").selectedOptions[0];
    const most = Number(place.dataset.most) || Infinity;
    const length = lengthOf(field.value.trim(), place.dataset.counts);
    const line = find("#letter-length");
    line.textContent =
      most === Infinity
        ? number(length)
        : filled(line.dataset.of, { length: number(length), most: number(most) });
    const over = find("#letter .over");
    over.hidden = length <= most;
    const words = over.hidden
      ? ""
      : filled(over.dataset.over, { over: number(length - most) });
    // Said again only when it changes, or a screen reader would never stop.
    if (over.textContent !== words) over.textContent = words;
    for (const each of document.querySelectorAll('[data-copies="letter-words"]')) {
      each.setAttribute("aria-disabled", String(!over.hidden));
    }
    return over.hidden;
  }

  document.addEventListener("input", (event) => {
    if (event.target.closest?.("#letter")) measured();
  });
  for (const name of ["DOMContentLoaded", "htmx:afterSwap"]) {
    document.addEventListener(name, measured);
  }

  // Who opens the letter means to write; the key then leads to the text.
  document.addEventListener("click", (event) => {
    const summary = event.target.closest?.("#letter-box > summary[data-key]");
    if (!summary) return;
    summary.removeAttribute("data-key");
    setTimeout(() => find("#letter-words")?.focus());
  });

  // Enter in a field of the letter shows the letter; it decides nothing.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("#letter input")) {
      event.preventDefault();
      event.target.blur();
    }
  });

  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.('[data-copies="letter-words"]');
      if (!button) return;
      const field = find("#letter-words");
      if (!measured()) {
        event.preventDefault();
        event.stopImmediatePropagation();
        field.focus();
        return;
      }
    },
    true,
  );
})();
