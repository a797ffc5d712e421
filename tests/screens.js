// Looks at each frame on every screen that is asked for, and writes what is wrong with it as JSON into #result.

const faults = [];
let looks = 0;

addEventListener("load", () => {
  for (const frame of document.querySelectorAll("iframe")) {
    const page = frame.contentDocument;
    const name = frame.src.split("/").pop();
    const forced = page.createElementNS("http://www.w3.org/1999/xhtml", "style");
    page.querySelector("head").append(forced);
    for (const [width, size] of asked.screens) {
      frame.style.width = `${width}px`;
      forced.textContent = `html { font-size: ${size}% !important }`;
      const scrolled = `${name} at ${width} px, ${size} %`;
      lookAtSizes(page, width, size, scrolled);
      // Columns as high as the screen, two of them where there is room, as reading systems turn pages.
      forced.textContent += `html { column-count: ${width < 700 ? 1 : 2}; column-gap: 40px; column-fill: auto; height: 600px;
        box-sizing: border-box; padding: 20px; margin: 0 } body { margin: 0 !important }`;
      lookAtPages(page, `${scrolled}, in pages`);
    }
    for (const [paper, ink] of asked.colours) {
      forced.textContent = `html, body { background-color: ${paper} !important; color: ${ink} !important }`;
      lookAtColours(page, `${name} on ${paper}`);
    }
  }
  document.getElementById("result").textContent = JSON.stringify({ faults, looks });
});

function tell(where, what, element) {
  const words = element ? ` <${element.localName} class="${element.className}"> ${element.textContent.trim().slice(0, 40)}` : "";
  faults.push(`${where}: ${what}${words}`);
}

function lookAtSizes(page, width, size, where) {
  looks += 1;
  const root = page.documentElement;
  if (root.scrollWidth > width) {
    const over = [...page.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > width + 1);
    tell(where, `${root.scrollWidth} px wide`, over.pop());
  }
  for (const element of page.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const cuts = !["visible", "auto", "scroll"].includes(style.overflowY) && element.namespaceURI.endsWith("xhtml") && element.localName !== "img";
    if (cuts && element.scrollHeight > element.clientHeight + 1) tell(where, "cut off", element);
    // Lines of one box must not lie on each other, however large its letters.
    const lines = parseFloat(style.lineHeight);
    if (lines && lines < parseFloat(style.fontSize) && style.display === "block") tell(where, "lines too close", element);
  }
  const text = page.querySelector(".text");
  if (text && parseFloat(getComputedStyle(text).fontSize) !== (16 * size) / 100) tell(where, "letters are not as large", text);
  for (const picture of page.querySelectorAll("img")) {
    if (!picture.naturalWidth) tell(where, "no picture", picture.parentElement);
    if (picture.getBoundingClientRect().width > width) tell(where, "picture too wide", picture.parentElement);
  }
}

function lookAtPages(page, where) {
  looks += 1;
  for (const picture of page.querySelectorAll("img, svg")) {
    if (picture.getBoundingClientRect().height > 600) tell(where, "picture higher than the screen", picture.parentElement);
    if (picture.getClientRects().length > 1) tell(where, "picture cut in two", picture.parentElement);
  }
}

function lookAtColours(page, where) {
  looks += 1;
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || seen.has(element) || element.closest("svg, [hidden]")) continue;
    seen.add(element);
    const contrast = contrastOf(getComputedStyle(element).color, groundOf(element));
    if (contrast < asked.text) tell(where, `contrast ${contrast.toFixed(1)}`, element);
  }
  for (const element of page.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    for (const side of ["Top", "Right", "Bottom", "Left"]) {
      if (!parseFloat(style[`border${side}Width`]) || style[`border${side}Style`] === "none") continue;
      const contrast = contrastOf(style[`border${side}Color`], groundOf(element));
      if (contrast < asked.rules) tell(where, `rule of contrast ${contrast.toFixed(1)}`, element);
    }
  }
}

function groundOf(element) {
  for (let around = element; around; around = around.parentElement) {
    const ground = getComputedStyle(around).backgroundColor;
    if (ground !== "rgba(0, 0, 0, 0)") return ground;
  }
  return "rgb(255, 255, 255)";
}

// Relative luminance and contrast (WCAG 2.2).
function contrastOf(one, other) {
  const [light, dark] = [one, other].map(luminance).sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour) {
  const [red, green, blue] = colour.match(/[\d.]+/g).slice(0, 3).map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
