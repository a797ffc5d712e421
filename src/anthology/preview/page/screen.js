// The article on an e-reader: the document of the e-book in a frame that can run nothing.

import { calm, find, newIn, parting } from "./dom.js";

const frame = find("screen");
const MARK = "data-anthology-changed";
const ASKED = "data-anthology-asked";
const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, td, th, dt, dd, pre, figure, figcaption, aside, blockquote, nav";

// Paper and ink as reading systems force them on a page.
const LIGHTS = { day: ["#fff", "#000"], night: ["#121212", "#ddd"] };
// The reader of a book never sees that somebody asked: only the page in the frame is marked, and nothing is put into it.
const PENCILS = { day: "#1d5a9a", night: "#8fbdf0" };
let shown = { name: "", look: "" };
let asked = [];
let light = "day";
let onOpen = () => {};
let arrived = () => {};
let there = Promise.resolve();

// The frame is empty at first, and that it is there is told as well. A link that is followed before its document is
// dressed leads the frame astray, perhaps to where nothing is: it comes back to what is to be seen.
frame.addEventListener("load", () => {
  if (!shown.name) return;
  if (!frame.contentDocument?.URL.includes(`/ebook/${shown.name}?`)) {
    frame.src = addressOf(shown);
    return;
  }
  dress(frame.contentDocument);
  markAsked();
  onOpen(frame.contentDocument);
  arrived();
});

export function setLight(wanted) {
  light = wanted;
  if (shown.name && frame.contentDocument?.head) dress(frame.contentDocument);
}

// `opened` is called with every document that is put into the frame.
export function whenOpened(opened) {
  onOpen = opened;
}

export async function showScreen(answer, piece) {
  markAsked([]);
  const changed = await put(answer, piece);
  markAsked((answer.asked ?? []).flatMap(({ block }) => block ?? []));
  return changed;
}

async function put(answer, { document: name, title }) {
  if (!answer.html) {
    // What can be seen is never another article's.
    if (shown.name !== `${name}.xhtml`) {
      shown = { name: "", look: "" };
      // Without any address it would be this page's.
      frame.src = "about:blank";
    }
    return 0;
  }
  frame.title = `${title}, on an e-reader`;
  if (answer.name !== shown.name || answer.look !== shown.look) {
    // Whoever waits for another document waits no longer.
    arrived();
    there = new Promise((done) => { arrived = done; });
    const kept = answer.name === shown.name ? frame.contentWindow.scrollY : 0;
    shown = { name: answer.name, look: answer.look };
    frame.src = addressOf(shown);
    await there;
    frame.contentWindow.scrollTo(0, kept);
    return 0;
  }
  // Somebody else may have asked for it, and it may still be on its way; or for another since.
  await there;
  if (answer.name !== shown.name || answer.look !== shown.look) return 0;
  const page = frame.contentDocument;
  const made = new DOMParser().parseFromString(answer.html, "application/xhtml+xml");
  const before = blocksOf(page.body).map(signature);
  const body = page.importNode(made.querySelector("body"), true);
  const after = blocksOf(body);
  const signatures = after.map(signature);
  if (signatures.join() === before.join() && body.outerHTML === page.body.outerHTML) return 0;
  const { scrollY } = frame.contentWindow;
  page.body.replaceWith(body);
  frame.contentWindow.scrollTo(0, scrollY);
  const fresh = newIn(signatures, before);
  const changed = after.filter((_, place) => fresh[place]);
  mark(changed);
  show(changed.length ? changed : after.slice(parting(signatures, before)).slice(0, 1));
  return changed.length;
}

function addressOf({ name, look }) {
  return `/ebook/${name}?${look}`;
}

// Blocks that hold no others.
function blocksOf(body) {
  return [...body.querySelectorAll(BLOCKS)].filter((block) => !block.querySelector(BLOCKS));
}

// What a block says and shows, wherever it stands: ids may count.
function signature(block) {
  return `${block.localName} ${block.innerHTML.replace(/ (?:id|href|aria-labelledby)="[^"]*"/g, "")}`;
}

// Marks the blocks in which the editor asks something, by their ids, and no others.
function markAsked(ids = asked) {
  asked = ids;
  const page = frame.contentDocument;
  for (const block of page?.querySelectorAll(`[${ASKED}]`) ?? []) block.removeAttribute(ASKED);
  for (const id of ids) page?.getElementById(id)?.setAttribute(ASKED, "");
}

function mark(blocks) {
  for (const block of blocks) block.setAttribute(MARK, "");
  setTimeout(() => blocks.forEach((block) => block.removeAttribute(MARK)), 3000);
}

function show(blocks) {
  const { innerHeight } = frame.contentWindow;
  const seen = (block) => {
    const { top, bottom } = block.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  if (blocks.length && !blocks.some(seen)) {
    blocks[0].scrollIntoView({ block: "center", behavior: calm() ? "instant" : "smooth" });
  }
}

// How a reading system dresses a page, and how ours shows what has changed.
function dress(page) {
  const [paper, ink] = LIGHTS[light];
  const style = page.getElementById("_preview") ?? page.head.appendChild(page.createElementNS("http://www.w3.org/1999/xhtml", "style"));
  style.id = "_preview";
  style.textContent = `
    html, body { background-color: ${paper} !important; color: ${ink} !important; color-scheme: ${light === "night" ? "dark" : "light"} }
    html { scrollbar-width: thin; padding: 1.25rem 1rem 3rem }
    body :any-link { color: inherit }
    /* Behind the lines, for before them may be bullets and numbers; within a cell, for behind that is the next. */
    [${ASKED}] { box-shadow: .45em 0 ${paper}, .6em 0 ${PENCILS[light]} }
    [${ASKED}]:dir(rtl) { box-shadow: -.45em 0 ${paper}, -.6em 0 ${PENCILS[light]} }
    :is(td, th)[${ASKED}] { box-shadow: inset -.15em 0 ${PENCILS[light]} }
    :is(td, th)[${ASKED}]:dir(rtl) { box-shadow: inset .15em 0 ${PENCILS[light]} }
    [${MARK}] { background-color: ${light === "night" ? "#5a4612" : "#ffe9a8"}; box-shadow: 0 0 0 .3em ${light === "night" ? "#5a4612" : "#ffe9a8"} }
    @media (prefers-reduced-motion: no-preference) {
      [${MARK}] { animation: preview-changed 3s ease-out forwards }
      @keyframes preview-changed { 60% { background-color: ${light === "night" ? "#5a4612" : "#ffe9a8"} } to { background-color: transparent; box-shadow: 0 0 0 .3em transparent } }
    }`;
}
