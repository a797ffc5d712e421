// Holds a book open in Chromium, as a reader does: takes orders as lines of JSON, answers each with one.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [modules, executablePath, address] = process.argv.slice(2);
const { chromium } = createRequire(`${modules}/`)("playwright-core");
const alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1";
const browser = await chromium.launch({ executablePath, args: [alone] });

const complaints = [];
const requests = [];
let page;

const orders = {
  async open({ width, height }) {
    page = await browser.newPage({ viewport: { width, height } });
    page.on("request", (request) => requests.push(request.url()));
    page.on("requestfailed", (request) => complaints.push(`${request.url()}: ${request.failure().errorText}`));
    page.on("response", (response) => response.status() >= 400 && complaints.push(`${response.url()}: ${response.status()}`));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    await page.goto(`${address}/`);
    return page.evaluate(() => openBook());
  },
  async turn({ way }) {
    // At either end of the book nothing moves, and epub.js says nothing.
    return page.evaluate(async (way) => {
      const there = arrival().then(() => true);
      await rendition[way]();
      return Promise.race([there, new Promise((done) => setTimeout(done, 1500, false))]);
    }, way);
  },
  async go({ to }) {
    await page.evaluate(async (to) => {
      const there = arrival();
      await rendition.display(to);
      await there;
    }, to);
  },
  async click({ href }) {
    const place = await page.evaluate((href) => linkOnScreen(href), href);
    if (!place) throw new Error(`no link to ${href} is on the screen`);
    await page.evaluate(() => { window.there = arrival(); });
    await page.mouse.click(place.x, place.y);
    await page.evaluate(() => window.there);
  },
  screen: ({ id }) => page.evaluate((id) =>
    ({ document: rendition.currentLocation().start.href, words: wordsOnScreen(id) }), id),
  sees: ({ href }) => page.evaluate((href) => Boolean(linkOnScreen(href)), href),
  across: ({ id }) => page.evaluate((id) => across(id), id),
  popUp: ({ href }) => page.evaluate((href) => popUp(href), href),
  cfi: ({ id }) => page.evaluate((id) => {
    const holder = rendition.getContents().find(({ document }) => document.getElementById(id));
    return holder.cfiFromNode(holder.document.getElementById(id));
  }, id),
  picture: ({ path }) => page.screenshot({ path }).then(() => null),
  heard: async () => ({ complaints, requests }),
};

function late(order) {
  return new Promise((_, fail) => setTimeout(() => fail(new Error(`${order}: nothing came of it`)), 30_000).unref());
}

for await (const line of createInterface({ input: process.stdin })) {
  const { order, ...rest } = JSON.parse(line);
  let answer;
  try {
    answer = { answer: (await Promise.race([orders[order](rest), late(order)])) ?? null };
  } catch (error) {
    answer = { error: String(error) };
  }
  console.log(JSON.stringify(answer));
}
await browser.close();
