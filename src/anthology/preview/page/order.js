// The running order: every piece with what an editor asks of it.

import { counted, find, make } from "./dom.js";
import { countsOf } from "./problems.js";

const sections = find("sections");
const search = find("find");
const items = new Map();
let groups = "";

export let pieces = [];
export const pieceOf = (id) => pieces.find((piece) => piece.id === id);
export const pieceInDocument = (name) => pieces.find((piece) => piece.document === name);

export function showOrder(plan) {
  const grouped = groupsOf(plan);
  pieces = grouped.flatMap((group) => group.pieces);
  // Only what has changed is made anew: whoever is in the list stays where they are.
  const shape = JSON.stringify(grouped.map((group) => [group.title, group.note, group.pieces.map((piece) => piece.id)]));
  if (shape !== groups) {
    groups = shape;
    items.clear();
    const focused = document.activeElement?.closest("#sections a")?.hash;
    sections.replaceChildren(...grouped.map(section));
    if (focused) [...sections.querySelectorAll("a")].find((link) => link.hash === focused)?.focus();
  }
  for (const piece of pieces) fill(piece);
  filter();
}

function groupsOf(plan) {
  // An introduction may have no title of its own: it stands in the opener of its section.
  for (const { introduction } of plan.sections) {
    if (introduction && !introduction.title) Object.assign(introduction, { title: "Introduction", untitled: true });
  }
  const groups = plan.sections.map((one) => ({
    title: one.title,
    note: one.title ? `${one.words.toLocaleString("en")} words, ${one.minutes} min` : "",
    pieces: [...(one.introduction ? [one.introduction] : []), ...one.articles],
  }));
  const matter = (title, pieces) => (pieces.length ? [{ title, note: "", pieces }] : []);
  return [...matter("Front matter", plan.front), ...groups, ...matter("Back matter", plan.back)];
}

function section({ title, note, pieces }) {
  const list = make("ol", {}, ...pieces.map((piece) => {
    const item = make("li");
    items.set(piece.id, item);
    return item;
  }));
  return make("section", {}, title ? make("h3", {}, title) : null, note ? make("p", { class: "note" }, note) : null, list);
}

function fill(piece) {
  const item = items.get(piece.id);
  const key = JSON.stringify(piece);
  if (item.dataset.key === key) return;
  item.dataset.key = key;
  item.dataset.words = [piece.title, ...piece.authors, piece.path, piece.id].join(" ").toLocaleLowerCase();
  const facts = [piece.authors.join(", "), counted(piece.words, "word")];
  const page = Object.values(piece.start_pages)[0];
  if (page) facts.push(`p. ${page}`);
  const status = [piece.status, piece.approved ? `approved ${piece.approved}` : ""].filter(Boolean).join(", ");
  if (status) facts.push(status);
  const into = new Set([...piece.referred_by, ...piece.linked_from]).size;
  const link = item.querySelector("a") ?? item.appendChild(make("a", { href: `#${piece.id}` }));
  link.replaceChildren(
    make("span", { class: piece.untitled ? "title untitled" : "title", lang: piece.language, dir: "auto" }, piece.title),
    make("span", { class: "facts" }, facts.filter(Boolean).join(" · ")),
    make("span", { class: "signs" },
      piece.related.length || into
        ? make("span", { class: "relations" },
            make("span", { "aria-hidden": "true" }, `→${piece.related.length} ←${into}`),
            make("span", { class: "heard" }, ` leads to ${piece.related.length}, ${into} lead here`))
        : null,
      ...countsOf(piece.problems).map(([severity, words]) => make("span", { class: severity }, words))));
}

export function markCurrent(id) {
  for (const link of sections.querySelectorAll("[aria-current]")) link.removeAttribute("aria-current");
  const link = items.get(id)?.querySelector("a");
  link?.setAttribute("aria-current", "page");
  link?.scrollIntoView({ block: "nearest" });
}

export function filter() {
  const wanted = search.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  for (const item of items.values()) item.hidden = !wanted.every((word) => item.dataset.words?.includes(word));
  for (const group of sections.children) group.hidden = !group.querySelector("li:not([hidden])");
}

export const links = () => [...sections.querySelectorAll("li:not([hidden]) > a")];
