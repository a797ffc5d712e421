// The article on pages, as it will be printed: pictures of them, with their words for those who listen.

import { calm, find, make, newIn, parting } from "./dom.js";

const place = find("paper");
let shown = { piece: "", digest: "", lines: [] };

export async function showPaper(answer, piece, edition, direction) {
  const key = `${edition}/${piece.id}`;
  const again = shown.piece === key;
  if (!answer.pages) {
    // What can be seen is never another article's.
    if (!again) {
      place.replaceChildren();
      forgetPaper();
    }
    return 0;
  }
  if (again && shown.digest === answer.digest) return 0;
  const scroll = again ? place.scrollTop : 0;
  const lines = answer.pages.flatMap((page) => page.lines.map(([text]) => text));
  const old = again ? [...place.querySelectorAll("img")] : [];
  const figures = answer.pages.map((page, number) => figure(page, number, old[number]));
  const note = piece.start_pages[edition]
    ? null
    : make("p", { class: "note" }, "Until the book is built, its pages count from 1 here, and references to pages that nobody knows read 0.");
  place.replaceChildren(...(note ? [note] : []), make("div", { class: "spreads", dir: direction }, ...figures));
  place.scrollTop = scroll;
  // At once: whoever comes back before the pictures are there finds what is to be seen, and not what was.
  const before = shown.lines;
  const now = { piece: key, digest: answer.digest, lines };
  shown = now;
  const pictures = figures.map((one, number) => draw(one, answer.digest, number));
  // Those on the screen are what is waited for.
  await Promise.all(pictures.filter((_, number) => isSeen(figures[number])));
  if (!again || shown !== now) return 0;
  const fresh = newIn(lines, before);
  showChanges(figures, answer.pages, fresh, parting(lines, before));
  return fresh.filter(Boolean).length;
}

export function forgetPaper() {
  shown = { piece: "", digest: "", lines: [] };
}

function figure(page, number, before) {
  const label = page.label || String(number + 1);
  const sheet = make("div", { class: "sheet" });
  sheet.style.aspectRatio = `1 / ${page.ratio}`;
  if (before) sheet.append(before);
  return make("figure", { class: page.recto ? "recto" : "verso" },
    sheet,
    make("figcaption", {}, make("span", { class: "heard" }, "Page "), label),
    make("div", { class: "heard" }, page.lines.map(([text]) => text).join("\n")));
}

async function draw(figure, digest, number) {
  const sheet = figure.firstElementChild;
  const width = Math.ceil(sheet.clientWidth * devicePixelRatio) || 600;
  // What is on the page is told beside it.
  const picture = make("img", { alt: "", src: `/drawn/${digest}/${number}/${width}.png` });
  try {
    await picture.decode();
  } catch {
    return;
  }
  sheet.querySelector("img")?.remove();
  sheet.prepend(picture);
}

function isSeen(element) {
  const { top, bottom } = element.getBoundingClientRect();
  const frame = place.getBoundingClientRect();
  return bottom > frame.top && top < frame.bottom;
}

function showChanges(figures, pages, fresh, parted) {
  const bands = [];
  let at = 0;
  let near = null;
  pages.forEach((page, number) => {
    for (const [, left, top, width, height] of page.lines) {
      if (fresh[at] || at === parted) {
        const band = make("div", { class: fresh[at] ? "changed" : "near", "aria-hidden": "true" });
        Object.assign(band.style, { left: `${left * 100}%`, top: `${top * 100}%`, width: `${width * 100}%`, height: `${height * 100}%` });
        figures[number].firstElementChild.append(band);
        if (fresh[at]) bands.push(band);
        else near = band;
      }
      at += 1;
    }
  });
  const wanted = bands.length ? bands : near ? [near] : [];
  if (wanted.length && !wanted.some(isSeen)) {
    wanted[0].scrollIntoView({ block: "center", behavior: calm() ? "instant" : "smooth" });
  }
  setTimeout(() => [...bands, near].forEach((band) => band?.remove()), 3000);
}
