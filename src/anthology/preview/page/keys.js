// The keyboard: everything can be reached with it, and letters act as keys unless that is turned off.

import { find, keep, kept } from "./dom.js";
import { filter, links } from "./order.js";

const search = find("find");
const order = find("order");
const openOrder = find("open-order");
const dialog = find("keys");
const letters = find("keys-on");

export function showOrderPanel(open) {
  document.body.classList.toggle("order-open", open);
  openOrder.setAttribute("aria-expanded", String(open));
}

export function listenToKeys({ step, set, toggle }) {
  letters.checked = kept("letters", true);
  letters.addEventListener("change", () => keep("letters", letters.checked));
  find("open-keys").addEventListener("click", () => dialog.showModal());
  openOrder.addEventListener("click", () => {
    showOrderPanel(!document.body.classList.contains("order-open"));
    if (document.body.classList.contains("order-open")) search.focus();
  });
  search.addEventListener("input", filter);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && links().length) {
      location.hash = links()[0].hash;
      leave();
    }
  });

  const acts = {
    j: () => step(1),
    k: () => step(-1),
    e: () => set("view", "screen"),
    p: () => set("view", "paper"),
    w: () => toggle("width", "phone", "tablet"),
    n: () => toggle("light", "day", "night"),
    o: () => {
      showOrderPanel(true);
      (order.querySelector("[aria-current]") ?? links()[0])?.focus();
    },
    "/": () => {
      showOrderPanel(true);
      search.focus();
      search.select();
    },
    "?": () => dialog.showModal(),
  };

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    if (event.key === "Escape") return leave();
    const within = order.contains(event.target);
    if (within && ["ArrowDown", "ArrowUp"].includes(event.key)) return walk(event);
    const writing = event.target.matches?.("input, select, textarea");
    const act = acts[event.key];
    if (!act || writing || !letters.checked) return;
    event.preventDefault();
    act();
  }

  document.addEventListener("keydown", pressed);
  return pressed;
}

// From one article of the list to the next; from the field above it to the first.
function walk(event) {
  const all = links();
  const at = all.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  event.preventDefault();
  if (at < 0) search.focus();
  else all[Math.min(at, all.length - 1)]?.focus();
}

function leave() {
  search.value = "";
  filter();
  showOrderPanel(false);
  find("piece").focus({ preventScroll: true });
}
