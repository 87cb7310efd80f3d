/* The coach's page: marks lie under the text while it is written, and move with it. */
(() => {
  "use strict";
  const form = document.getElementById("draft");
  const area = document.getElementById("text");
  const result = document.getElementById("result");
  const under = form.querySelector(".marks");
  const count = document.getElementById("count");
  /* A longer place is shown more quietly, in letters. */
  const MUCH = 120;
  const limit = Number(form.dataset.limit);
  let marks = [];
  let checked = area.value;
  let asked = area.value;

  /* Where a place of the checked text is now; null where it was changed. */
  const moved = (start, end) => {
    const now = area.value;
    let first = 0;
    const most = Math.min(now.length, checked.length);
    while (first < most && now[first] === checked[first]) first += 1;
    let last = 0;
    while (last < most - first && now[now.length - 1 - last] === checked[checked.length - 1 - last]) last += 1;
    if (end <= first) return [start, end];
    const by = now.length - checked.length;
    return start >= checked.length - last ? [start + by, end + by] : null;
  };

  const paint = () => {
    const text = area.value;
    under.replaceChildren();
    const places = [];
    for (const [start, end, tone] of marks) {
      const place = moved(start, end);
      if (place) places.push([...place, tone]);
    }
    /* Where places overlap, the shortest shows. */
    places.sort((one, two) => one[1] - one[0] - (two[1] - two[0]));
    const edges = [0, text.length, ...places.flatMap(([start, end]) => [start, end])];
    const sorted = [...new Set(edges)].sort((one, two) => one - two);
    let last = null;
    let mark = null;
    for (let i = 0; i + 1 < sorted.length; i += 1) {
      const words = text.slice(sorted[i], sorted[i + 1]);
      const over = places.find(([start, end]) => start <= sorted[i] && sorted[i + 1] <= end);
      if (!over) {
        under.append(words);
      } else if (over === last) {
        mark.append(words);
      } else {
        mark = document.createElement("mark");
        mark.className = over[1] - over[0] > MUCH ? `${over[2]} much` : over[2];
        mark.append(words);
        under.append(mark);
      }
      last = over ?? null;
    }
    under.append("\n");
    const length = [...text].length;
    count.textContent = length === 1 ? count.dataset.one : count.dataset.many.replace("#", String(length));
    if (!CSS.supports("field-sizing", "content")) {
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight}px`;
    }
  };

  const readMarks = () => {
    const said = result.querySelector("[data-marks]");
    marks = said ? JSON.parse(said.dataset.marks) : [];
    paint();
  };

  area.addEventListener("input", paint);

  /* Only some ways of writing have a subject. */
  const way = document.getElementById("channel");
  const subject = document.getElementById("with-subject");
  way.addEventListener("change", () => {
    subject.hidden = !["inmail", "mail"].includes(way.value);
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt !== form) return;
    asked = area.value;
    if (asked.length <= limit) return;
    event.preventDefault();
    const problem = document.createElement("p");
    problem.className = "problem";
    problem.textContent = form.dataset.tooLong;
    result.replaceChildren(problem);
    marks = [];
    paint();
  });

  /* What says the same again is not read out again. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== result) return;
    checked = asked;
    if (event.detail.xhr.responseText === result.dataset.last) event.detail.shouldSwap = false;
    result.dataset.last = event.detail.xhr.responseText;
    if (!event.detail.shouldSwap) readMarks();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === result) readMarks();
  });

  result.addEventListener("click", (event) => {
    const button = event.target.closest("[data-place]");
    if (!button) return;
    const place = moved(...button.dataset.place.split(",").map(Number));
    if (!place) return;
    area.focus();
    area.setSelectionRange(place[0], place[1]);
    const instead = button.dataset.instead;
    if (instead === undefined) return;
    /* Of two blanks around what is left out, or one before a sign, one goes with it. */
    const gap = !instead && area.value[place[0] - 1] === " " && /^(?:[\s.,;:!?]|$)/.test(area.value.slice(place[1]));
    area.setRangeText(instead, place[0] - (gap ? 1 : 0), place[1], "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });

  readMarks();
})();
