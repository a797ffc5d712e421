// Problems, and whatever else there is to tell of a file: what is wrong, what to do, and where; and what its editor asks.

import { counted, make } from "./dom.js";

// The gravest first: nobody looks for the one error behind many warnings.
const SEVERITIES = { error: ["Error", "error", "errors"], query: ["Query", "query", "queries"], warning: ["Warning", "warning", "warnings"] };

export const isQuery = (problem) => problem.severity === "query";

// What there is of each kind, in words, the gravest first.
export function countsOf(problems) {
  return Object.entries(SEVERITIES).flatMap(([severity, [, one, many]]) => {
    const count = problems.filter((problem) => problem.severity === severity).length;
    return count ? [[severity, counted(count, one, many)]] : [];
  });
}

export function showProblems(place, found, lead = "") {
  const kinds = Object.keys(SEVERITIES);
  const problems = [...found].sort((one, other) => kinds.indexOf(one.severity) - kinds.indexOf(other.severity));
  // What is open stays open, and what has not changed keeps its focus.
  const key = JSON.stringify([problems, lead]);
  if (place.dataset.key === key) return;
  place.dataset.key = key;
  place.hidden = problems.length === 0;
  const counts = countsOf(problems);
  const [gravest] = counts[0] ?? [];
  const closed = place.querySelector("details")?.open === false;
  place.replaceChildren(
    make("details", { open: !closed || gravest === "error", class: `has-${gravest}` },
      make("summary", {}, counts.map(([, words]) => words).join(", ")),
      lead ? make("p", { class: "lead" }, lead) : null,
      make("ul", {}, ...problems.map(item))));
  if (gravest === "error" && !isErrorSeen(place)) place.scrollIntoView({ block: "nearest" });
}

function isErrorSeen(place) {
  const { top } = place.getBoundingClientRect();
  return top >= 0 && top < innerHeight;
}

// What is to be typed stands between backticks.
function worded(text) {
  return text.split(/`([^`]+)`/).map((part, number) => (number % 2 ? make("code", {}, part) : part));
}

function item(problem) {
  const [severity] = SEVERITIES[problem.severity];
  return make("li", { class: problem.severity },
    make("p", { class: "what" }, make("span", { class: "code" }, `${severity} ${problem.code}`.trim()), " ", ...worded(problem.message)),
    problem.block ? around(problem) : null,
    problem.hint ? make("p", { class: "hint" }, ...worded(problem.hint)) : null,
    ...where(problem));
}

// The words round a query, with a mark where it stands.
function around({ before, behind }) {
  return make("p", { class: "around" }, before,
    make("span", { class: "asked", "aria-hidden": "true" }, "?"), make("span", { class: "heard" }, " (asked here) "), behind);
}

function where({ path, line, address }) {
  if (!path) return [];
  const place = line ? `${path}:${line}` : path;
  if (address) return [make("a", { class: "place", href: address, title: "Open it in your editor" }, place)];
  const source = make("pre", { class: "source", hidden: true });
  const told = make("span", { class: "copied", role: "status" });
  const button = make("button", {
    type: "button", class: "place", title: "Copy, and show the line", "aria-expanded": "false",
    onclick: async () => {
      source.hidden = !source.hidden;
      button.setAttribute("aria-expanded", String(!source.hidden));
      if (source.hidden) return;
      try {
        await navigator.clipboard.writeText(place);
        told.textContent = "copied";
      } catch {
        told.textContent = "";
      }
      const answer = await fetch(`/source/${line ?? 1}/${path.split("/").map(encodeURIComponent).join("/")}`);
      const { lines } = answer.ok ? await answer.json() : { lines: [] };
      source.replaceChildren(...lines.map(([number, text]) =>
        make(number === line ? "mark" : "span", {}, `${String(number).padStart(5)}  ${text}\n`)));
    },
  }, place);
  return [button, told, source];
}
