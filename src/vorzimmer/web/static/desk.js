// Keys, focus, drag and drop. What a key does stands in the page: data-key="a".
"use strict";

(() => {
  const body = document.body;
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // ---- Back and forth ---------------------------------------------------------

  // Whoever goes on before this page could listen has its address, but not its page.
  document.addEventListener("DOMContentLoaded", () => {
    const loaded = performance.getEntriesByType("navigation")[0]?.name ?? "";
    const here = location.href.split("#")[0];
    if (loaded && loaded.split("#")[0] !== here) location.reload();
  });

  // ---- Keys -------------------------------------------------------------------

  const writes = (element) =>
    element.isContentEditable ||
    ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);

  // What is folded away has a size in some browsers, and is not shown all the same.
  const isShown = (element) =>
    element.checkVisibility?.() ?? element.getClientRects().length > 0;

  function toggleEvidence() {
    const details = all(".findings details:not(.teach)");
    const open = !details.every((each) => each.open);
    for (const each of details) each.open = open;
  }

  const own = {
    e: toggleEvidence,
    q: () => find(".question input:not([type=hidden]), .question button")?.focus(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (writes(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (body.dataset.keys !== "on" || find("dialog[open]")) return;
    // A key held down decides once, not for everybody in the list.
    if (event.repeat && !"jk".includes(event.key)) return;
    if (waiting) waiting.push(event.key);
    else if (press(event.key)) event.preventDefault();
  });

  // Keys pressed in the moment in which the page changes are meant for the new one.
  let waiting = null;
  let patience = 0;
  document.addEventListener("htmx:beforeSwap", () => {
    waiting ??= [];
    clearTimeout(patience); // that of an earlier change would press in the middle of this
    patience = setTimeout(pressWaiting, 1000);
  });
  document.addEventListener("htmx:afterSettle", pressWaiting);

  function pressWaiting() {
    clearTimeout(patience);
    const keys = waiting ?? [];
    waiting = null;
    // One request at a time: nothing may be decided twice.
    for (const key of keys) if (!find(".htmx-request")) press(key);
  }

  function press(key) {
    if (own[key]) {
      own[key]();
      return true;
    }
    const target = all("[data-key]").find(
      (each) => each.dataset.key === key && isShown(each),
    );
    if (!target) return false;
    if (writes(target)) target.focus();
    else target.click();
    return true;
  }

  document.addEventListener("click", (event) => {
    const copier = event.target.closest("[data-copies]");
    if (copier) copy(copier);
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
    // A number in the note leads to its evidence, which may be folded away.
    const reference = event.target.closest('sup a[href^="#"]');
    if (reference) {
      const details = find(reference.getAttribute("href"))?.closest("details");
      if (details) details.open = true;
    }
  });

  function tell(text, tone = "told") {
    const toast = document.createElement("div");
    toast.className = `toast ${tone}`;
    toast.textContent = text;
    find("#toast").replaceChildren(toast);
  }

  // ---- Words to copy ------------------------------------------------------------

  // They never leave the page. Where the clipboard is closed to us, they are at least
  // selected.
  async function copy(button) {
    const from = document.getElementById(button.dataset.copies);
    try {
      await navigator.clipboard.writeText((from.value ?? from.textContent).trim());
    } catch {
      if (from.select) from.select();
      else getSelection().selectAllChildren(from);
      return;
    }
    tell(button.dataset.copied);
  }

  // The menu opens at the end of its column, and would stay out of sight.
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.matches(".teach[open]")) {
        event.target.scrollIntoView({ block: "nearest" });
      }
    },
    true,
  );

  // ---- On paper ------------------------------------------------------------------

  // A chart is printed with its table, though that is folded on the screen.
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = all(".chart details:not([open])");
    for (const each of unfolded) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of unfolded) each.open = false;
    unfolded = [];
  });

  // ---- The list of names --------------------------------------------------------

  document.addEventListener("input", (event) => {
    const list = document.getElementById(event.target.dataset.filters ?? "");
    if (!list) return;
    const wanted = event.target.value.trim().toLocaleLowerCase();
    for (const item of list.children) {
      item.hidden = !item.textContent.toLocaleLowerCase().includes(wanted);
    }
  });

  function showCurrent() {
    // The head of the group first, so that as many names as can be are in sight.
    const list = find(".groups");
    const own = find(".groups .here");
    if (list && own) list.scrollTop += own.getBoundingClientRect().top - list.getBoundingClientRect().top;
    find(".names [aria-current]")?.scrollIntoView({ block: "nearest" });
    // On a phone, what lies beside each other is wider than the screen.
    for (const each of all(".masthead nav [aria-current], .groups .here > .group")) {
      const list = each.closest("nav");
      const [own, frame] = [each, list].map((one) => one.getBoundingClientRect());
      if (own.right > frame.right || own.left < frame.left) {
        list.scrollLeft += own.left - frame.left - 16;
      }
    }
  }

  // ---- Steps in the flow ----------------------------------------------------------

  let kept = null;

  // Answering a question shows the same request again: nothing else may move.
  document.addEventListener("htmx:beforeSwap", () => {
    const desk = document.getElementById("desk");
    kept = desk && {
      request: desk.dataset.request,
      top: find(".middle").scrollTop,
      open: all("details[open][id]:not(.teach)", desk).map((each) => each.id),
    };
  });

  document.addEventListener("htmx:afterSwap", () => {
    const desk = document.getElementById("desk");
    const isSame = desk && kept && desk.dataset.request === kept.request;
    if (isSame) {
      for (const id of kept.open) {
        const details = document.getElementById(id);
        if (details) details.open = true;
      }
      find(".middle").scrollTop = kept.top;
    }
    body.classList.toggle("stay", Boolean(isSame));
    kept = null;
    showCurrent();
    const active = document.activeElement;
    if (!active || active === body || !active.isConnected) {
      find("[data-focus]")?.focus({ preventScroll: true });
    }
  });

  document.addEventListener("htmx:sendError", () => {
    tell(body.dataset.offline, "problem");
  });

  // ---- A desk that was stopped, or started again ------------------------------------

  // A form that the browser sends itself would lead to its own page of errors, and what
  // was typed be gone: the desk is asked first whether it takes it.
  const asked = new WeakSet();

  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
    if (asked.delete(form)) return; // and it does
    event.preventDefault();
    if (form.ariaBusy) return;
    form.ariaBusy = "true";
    const headers = JSON.parse(body.getAttribute("hx-headers"));
    const answer = await fetch("/ready", { headers }).catch(() => null);
    form.ariaBusy = null;
    if (answer?.ok) {
      asked.add(form);
      form.requestSubmit(submitter);
    } else if (answer) renew();
    else tell(body.dataset.offline, "problem");
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr.status === 403) setTimeout(renew);
  });

  // What unsent.js keeps comes back, but nobody is torn out of writing it.
  function isTyped(field) {
    if (["hidden", "search"].includes(field.type)) return false;
    if (field.dataset.unsent && field !== document.activeElement) return false;
    if (field.options) {
      const usual = [...field.options].find((each) => each.defaultSelected);
      return !(usual ?? field.options[0])?.selected;
    }
    return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
  }

  function renew() {
    const isAnswer = "answer" in body.dataset; // to load it again would send it again
    if (isAnswer || all("input, textarea, select").some(isTyped)) {
      tell(body.dataset.outdated, "problem");
      return;
    }
    try {
      sessionStorage.setItem("renewed", "true");
    } catch {
      // closed to us: then it is not told
    }
    location.reload();
  }

  try {
    if (sessionStorage.getItem("renewed")) tell(body.dataset.renewed);
    sessionStorage.removeItem("renewed");
  } catch {
    // the same
  }

  // Refused, since something was done meanwhile, in another window: what holds now is
  // shown beside the reason, else there would be no way on from here.
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr.status !== 409 || !document.getElementById("desk")) return;
    const here = location.search || `/?id=${encodeURIComponent(shown())}`;
    const show = () => htmx.ajax("GET", here, { target: "#desk", swap: "outerHTML" });
    setTimeout(show); // not before htmx is through with what was refused
  });

  // ---- A note that is not sent yet ------------------------------------------------

  // Whoever looks at another request, or takes a decision back, finds it again,
  // also what was sent with it; unsent.js is for what a reload would lose.
  const notes = new Map();
  const shown = () => document.getElementById("desk")?.dataset.request;

  document.addEventListener("input", (event) => {
    if (event.target.matches(".remark textarea")) notes.set(shown(), event.target.value);
  });

  document.addEventListener("htmx:afterSwap", () => {
    const note = find(".remark textarea");
    if (note && notes.has(shown())) note.value = notes.get(shown());
  });

  // ---- Handing over an archive ------------------------------------------------------

  const dropZone = () => document.getElementById("upload");

  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      const form = dropZone();
      if (!form) return;
      event.preventDefault();
      form.classList.toggle("over", name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length > 0) {
        const field = find('input[type="file"]', form);
        field.files = event.dataTransfer.files;
        form.requestSubmit();
      }
    });
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = dropZone();
    if (!form || event.detail.elt !== form) return;
    const file = find('input[type="file"]', form).files[0];
    if (file && file.size > Number(form.dataset.limit)) {
      event.preventDefault();
      tell(body.dataset.tooBig, "problem");
      return;
    }
    find(".sending", form).hidden = false;
  });

  document.addEventListener("htmx:xhr:progress", (event) => {
    const bar = find("#upload .sending");
    if (bar && event.detail.lengthComputable) {
      bar.value = event.detail.loaded / event.detail.total;
    }
  });

  window.addEventListener("resize", showCurrent);
  showCurrent();
})();
