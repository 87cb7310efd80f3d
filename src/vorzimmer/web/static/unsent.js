// What is typed and not sent yet outlives a reload: it stays in this tab, and goes when
// it is sent or emptied, or the tab is closed. Which field is meant stands in the page:
// data-unsent names it, data-unsent-through a path that looks at it without taking it.
"use strict";

(() => {
  const PREFIX = "unsent ";
  const key = (field) => PREFIX + field.dataset.unsent;
  const fields = (root) => [...root.querySelectorAll("[data-unsent]")];

  // A browser may have it closed to everybody, or full; then nothing is kept.
  function stored(use) {
    try {
      return use(sessionStorage);
    } catch {
      return null;
    }
  }
  const forget = (name) => stored((kept) => kept.removeItem(name));

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.dataset?.unsent) return;
    if (!field.value || field.value === field.defaultValue) forget(key(field));
    else stored((kept) => kept.setItem(key(field), field.value));
  });

  const seen = new WeakSet();

  function bringBack() {
    for (const field of fields(document)) {
      if (seen.has(field)) continue;
      seen.add(field);
      const value = stored((kept) => kept.getItem(key(field)));
      if (value === null || value === field.value) continue;
      field.value = value;
      // Whatever measures or marks it has to see it.
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  document.addEventListener("DOMContentLoaded", bringBack);
  document.addEventListener("htmx:afterSwap", bringBack);

  // ---- Sent --------------------------------------------------------------------------

  // By the time an answer comes, the page may be another, and one may have typed on.
  const sending = new WeakMap();

  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt, requestConfig, xhr } = event.detail;
    if (requestConfig.verb !== "post") return;
    const form = elt.form ?? elt.closest("form");
    if (!form) return;
    const meant = fields(form).filter(
      (each) => each.dataset.unsentThrough !== requestConfig.path,
    );
    sending.set(xhr, meant.map((each) => [key(each), each.value]));
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const { successful, xhr } = event.detail;
    // To htmx, an answer that is shown is a success, also one that refuses.
    if (!successful || xhr.status >= 400) return;
    for (const [name, value] of sending.get(xhr) ?? []) {
      if (stored((kept) => kept.getItem(name)) === value) forget(name);
    }
  });

  document.addEventListener("submit", (event) => {
    if (event.target.hasAttribute("data-forgets")) {
      stored((kept) =>
        Object.keys(kept)
          .filter((name) => name.startsWith(PREFIX))
          .forEach((name) => kept.removeItem(name)),
      );
    }
    // A form that the browser sends itself; the next page shows what became of it.
    if (!event.defaultPrevented) for (const each of fields(event.target)) forget(key(each));
  });
})();
