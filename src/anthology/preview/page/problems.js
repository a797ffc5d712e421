// Problems, and whatever else there is to tell of a file: what is wrong, what to do, and where.

import { counted, make } from "./dom.js";

const SEVERITIES = { error: "Error", warning: "Warning" };

export function showProblems(place, problems, lead = "") {
  // What is open stays open, and what has not changed keeps its focus.
  const key = JSON.stringify([problems, lead]);
  if (place.dataset.key === key) return;
  place.dataset.key = key;
  place.hidden = problems.length === 0;
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const counts = [];
  if (errors) counts.push(counted(errors, "error"));
  if (problems.length > errors) counts.push(counted(problems.length - errors, "warning"));
  const closed = place.querySelector("details")?.open === false;
  place.replaceChildren(
    make("details", { open: !closed || errors > 0, class: errors ? "has-errors" : "" },
      make("summary", {}, counts.join(", ")),
      lead ? make("p", { class: "lead" }, lead) : null,
      make("ul", {}, ...problems.map(item))));
}

function item(problem) {
  const severity = SEVERITIES[problem.severity] ?? problem.severity;
  return make("li", { class: problem.severity },
    make("p", { class: "what" }, make("span", { class: "code" }, `${severity} ${problem.code}`), " ", problem.message),
    problem.hint ? make("p", { class: "hint" }, problem.hint) : null,
    ...where(problem));
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
