// Elements made of what they hold; words are always text, never markup.

export const find = (id) => document.getElementById(id);

export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export const counted = (count, noun, nouns = `${noun}s`) => `${count.toLocaleString("en")} ${count === 1 ? noun : nouns}`;

// Which of the things told in a list were not told before: as many times as they are new.
export function newIn(after, before) {
  const left = new Map();
  for (const one of before) left.set(one, (left.get(one) ?? 0) + 1);
  return after.map((one) => {
    const count = left.get(one) ?? 0;
    left.set(one, count - 1);
    return count <= 0;
  });
}

// Where two lists part: what stands there was changed, or what stood there was taken out.
export function parting(after, before) {
  const at = after.findIndex((one, place) => one !== before[place]);
  return at < 0 ? after.length - 1 : at;
}

// What was chosen stays chosen, where the browser keeps anything.
export function keep(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Then it holds for as long as the page is open.
  }
}

export function kept(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}
