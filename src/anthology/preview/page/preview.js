// The page: which article is looked at and how, and what is asked for when the book has changed.

import { counted, find, keep, kept, make } from "./dom.js";
import { listenToKeys, showOrderPanel } from "./keys.js";
import { markCurrent, pieceInDocument, pieceOf, pieces, showOrder } from "./order.js";
import { forgetPaper, showPaper } from "./paper.js";
import { isQuery, showProblems } from "./problems.js";
import { setLight, showScreen, whenOpened } from "./screen.js";

const choice = { view: "screen", width: "phone", light: "day", edition: "", ...kept("choice", {}) };
let current = "";
let book = { failures: [] };
let told = [];
// What the editor asks in the article, and where: null for as long as only the former is known.
let asked = null;
// Whether the article as it is now cannot be shown, as where a template fails.
let failed = false;
let wanted = 0;
let busy = false;

let silence;

function say(words) {
  find("status").textContent = words;
  clearTimeout(silence);
  silence = setTimeout(() => { find("status").textContent = ""; }, 8000);
}

async function ask(address) {
  const answer = await fetch(address);
  return answer.ok ? answer.json() : null;
}

// The article comes first: it is what somebody waits for. The order of a large book takes longer to draw up.
async function follow() {
  if (busy) return;
  busy = true;
  try {
    for (let number = 0; number !== wanted;) {
      number = wanted;
      const before = pieceOf(current);
      const changed = before ? await showPiece() : 0;
      await showBook();
      if (number && before && pieceOf(current) && !book.failures.length) {
        if (failed || pieceOf(current).stale) say("Not updated: there is an error");
        else say(changed ? `Updated: ${counted(changed, choice.view === "paper" ? "line" : "paragraph")} changed` : "Updated");
      }
      document.documentElement.dataset.number = number;
    }
  } catch (error) {
    console.error(error);
    say("The preview has ended. Start it again with anthology preview.");
  } finally {
    busy = false;
  }
}

async function showBook() {
  const answer = await ask("/book");
  if (!answer) return;
  const gone = pieceOf(current);
  book = { ...book, ...answer };
  if (book.failures.length) say("The book cannot be read.");
  showProblems(find("book-problems"), [...book.failures, ...(book.failures.length ? [] : book.plan?.problems ?? [])],
    book.failures.length && book.plan ? "The book cannot be read now. What you see is as it was before." : "");
  if (!answer.plan) {
    if (book.failures.length && !book.plan) find("piece-title").textContent = "The book cannot be read";
    return;
  }
  document.title = `${answer.plan.book.title} · preview`;
  find("book-title").textContent = answer.plan.book.title;
  const at = pieces.indexOf(gone);
  showOrder(answer.plan);
  const words = pieces.reduce((sum, piece) => sum + piece.words, 0);
  find("sums").textContent = `${counted(pieces.length, "piece")}, ${counted(words, "word")}`;
  showEditions();
  if (pieceOf(current)) return showFacts();
  // It has another name now, or is gone: then its neighbour is shown.
  const next = (gone && pieces.find((piece) => piece.path === gone.path))
    ?? addressed()
    ?? pieces[Math.min(Math.max(at, 0), pieces.length - 1)];
  if (gone && next) say(`“${gone.title}” is no longer in the book`);
  if (next) await open(next.id);
}

function showEditions() {
  const select = find("edition");
  if (!book.editions.includes(choice.edition)) choice.edition = book.editions[0] ?? "";
  select.replaceChildren(...book.editions.map((name) => make("option", { value: name, selected: name === choice.edition }, name)));
  document.querySelector("[data-to=paper]").disabled = book.editions.length === 0;
  showChoice();
}

function showFacts() {
  const piece = pieceOf(current);
  find("piece-title").textContent = piece.title;
  find("piece-title").lang = piece.language;
  const facts = [piece.authors.join(", "), piece.date, counted(piece.words, "word"), `${piece.minutes} min`, piece.path];
  find("piece-facts").textContent = facts.filter(Boolean).join(" · ");
  const seen = new Set();
  const problems = [...piece.problems.filter((problem) => !isQuery(problem)), ...told].filter((problem) => {
    const key = JSON.stringify([problem.code, problem.message, problem.path, problem.line]);
    return !seen.has(key) && seen.add(key);
  });
  showProblems(find("piece-problems"), [...problems, ...asked ?? piece.problems.filter(isQuery)],
    piece.stale ? "This article cannot be read now. What you see is as it was before."
      : failed ? "This article cannot be shown now. What you may see of it is as it was before." : "");
  showRelations(piece);
  markCurrent(current);
}

function showRelations(piece) {
  const into = [...new Set([...piece.referred_by, ...piece.linked_from])].map(pieceOf).filter(Boolean);
  const place = find("relations");
  place.hidden = !piece.related.length && !into.length;
  place.firstElementChild.textContent = `Related reading: leads to ${piece.related.length}, ${into.length} lead here`;
  const list = (title, entries) => (entries.length ? [make("h3", {}, title), make("ul", {}, ...entries)] : []);
  const link = (id, title) => make("li", {}, id ? make("a", { href: `#${id}` }, title) : title);
  place.lastElementChild.replaceChildren(
    ...list("Leads to", piece.related.map((entry) => link(entry.article, entry.title))),
    ...list("Lead here", into.map((other) => link(other.id, other.title))));
}

// Gives how much of what was on the screen has changed.
async function showPiece() {
  const piece = pieceOf(current);
  if (!piece) return 0;
  const wished = JSON.stringify([current, choice.view, choice.edition]);
  const paper = choice.view === "paper" && choice.edition;
  const answer = await ask(paper ? `/paper/${encodeURIComponent(choice.edition)}/${current}` : `/screen/${current}`);
  // Somebody has gone on meanwhile, or the article is gone.
  if (!answer || wished !== JSON.stringify([current, choice.view, choice.edition])) return 0;
  told = answer.problems;
  asked = answer.asked ?? null;
  failed = !answer.html && !answer.pages;
  const changed = await (paper ? showPaper(answer, piece, choice.edition, book.direction) : showScreen(answer, piece));
  document.documentElement.dataset.shown = `${current} ${answer.number}`;
  showFacts();
  return changed;
}

async function open(id) {
  current = id;
  told = [];
  asked = null;
  failed = false;
  if (location.hash !== `#${id}`) history.replaceState(null, "", `#${id}`);
  showFacts();
  await showPiece();
}

// What the address asks for, which may be further on than what is shown.
function addressed() {
  try {
    return pieceOf(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return undefined;
  }
}

function step(by) {
  const at = pieces.indexOf(addressed() ?? pieceOf(current)) + by;
  if (pieces[at]) location.hash = pieces[at].id;
}

function set(name, value) {
  if (name === "view" && value === "paper" && !book.editions?.length) return;
  choice[name] = value;
  keep("choice", choice);
  showChoice();
  if (name === "view" || name === "edition") showPiece();
}

function showChoice() {
  for (const button of document.querySelectorAll("[data-set]")) {
    button.setAttribute("aria-pressed", String(choice[button.dataset.set] === button.dataset.to));
  }
  const view = choice.view === "paper" && !choice.edition ? "screen" : choice.view;
  for (const group of document.querySelectorAll("[data-view]")) group.hidden = group.dataset.view !== view;
  if ((book.editions?.length ?? 0) < 2) find("editions").hidden = true;
  find("screen").hidden = view !== "screen";
  find("paper").hidden = view !== "paper";
  find("stage").dataset.width = choice.width;
  find("stage").dataset.light = choice.light;
  setLight(choice.light);
}

const pressed = listenToKeys({
  step, set,
  toggle: (name, one, other) => set(name, choice[name] === one ? other : one),
});

// In the frame the same keys hold, and links within the book lead to its articles.
whenOpened((page) => {
  page.addEventListener("keydown", pressed);
  page.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link) return;
    const [name, place] = link.getAttribute("href").split("#");
    if (!name) return;
    event.preventDefault();
    const piece = pieceInDocument(name.replace(/\.xhtml$/, ""));
    if (!piece) return;
    location.hash = piece.id;
    if (place) afterwards = place;
  });
});
let afterwards = "";

addEventListener("hashchange", async () => {
  const piece = addressed();
  if (!piece || piece.id === current) return;
  showOrderPanel(false);
  await open(piece.id);
  say(piece.title);
  if (afterwards) find("screen").contentDocument?.getElementById(afterwards)?.scrollIntoView();
  afterwards = "";
});
for (const button of document.querySelectorAll("[data-set]")) {
  button.addEventListener("click", () => set(button.dataset.set, button.dataset.to));
}
find("edition").addEventListener("change", (event) => set("edition", event.target.value));
addEventListener("resize", () => {
  if (choice.view === "paper") {
    clearTimeout(resized);
    resized = setTimeout(() => { forgetPaper(); showPiece(); }, 300);
  }
});
let resized;

showChoice();
const events = new EventSource("/events");
events.addEventListener("message", ({ data }) => {
  wanted = Number(data);
  if (wanted) follow();
});
events.addEventListener("error", () => say("The preview has ended, or is starting again."));
