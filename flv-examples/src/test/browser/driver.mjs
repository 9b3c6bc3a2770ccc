// node driver.mjs chromium|firefox EXECUTABLE
// One tab of a browser, driven line by line: a command and its arguments, separated by tabs, on standard input; one line
// `ok VALUE` or `fail REASON` each on standard output. Ends with its input.
import { createInterface } from 'node:readline';
import { openTab } from './browsers.mjs';
import { servePages } from './pages.mjs';
import { watch, watchOn } from './watch.mjs';

const WAIT_MILLIS = 20000;
const [browser, executable] = process.argv.slice(2);
const tab = await openTab(browser, executable);
const pages = await servePages();

const facts = (seen) => Object.entries(seen).map((pair) => pair.join('=')).join('\t');

const commands = {
  /** What a player on a page of its own makes of a stream, as `name=value` separated by tabs. */
  async watch(url, player, kind, millis, seek) {
    const seen = await watch(tab, pages, { url, player, live: kind === 'live', millis: Number(millis), seek: Number(seek) });
    return facts(seen);
  },
  /** The same of what goes on playing since `watch`. */
  watchOn: async (millis) => facts(await watchOn(tab, Number(millis))),
  async look(width, height, colorScheme) {
    await tab.page.setViewportSize({ width: Number(width), height: Number(height) });
    await tab.page.emulateMedia({ colorScheme });
  },
  /** Requests to addresses that end like this fail from now on. */
  block: (ending) => tab.page.route((url) => url.pathname.endsWith(ending), (route) => route.abort()),
  open(url) {
    tab.forget();
    return tab.open(url);
  },
  click: (selector) => tab.page.locator(selector).click({ timeout: WAIT_MILLIS }),
  async enter(selector, text) {
    await tab.page.locator(selector).fill(text);
    await tab.page.locator(selector).press('Enter');
  },
  /** Moves a slider as a person does: by events, the last one a change. */
  slide: (selector, value) => tab.page.locator(selector).evaluate((slider, to) => {
    slider.value = to;
    slider.dispatchEvent(new Event('input'));
    slider.dispatchEvent(new Event('change'));
  }, value),
  text: (selector) => tab.page.locator(selector).innerText(),
  value: (selector) => tab.page.locator(selector).inputValue(),
  /** Waits until the element's text matches the regular expression, and returns the text. */
  async until(selector, pattern) {
    const text = await tab.page.waitForFunction(([which, wanted]) => {
      const now = document.querySelector(which)?.innerText;
      return new RegExp(wanted).test(now) && { now };
    }, [selector, pattern], { timeout: WAIT_MILLIS, polling: 50 });
    return (await text.jsonValue()).now;
  },
  evaluate: async (expression) => JSON.stringify(await tab.page.evaluate(expression)),
  faults: () => tab.faults.join('; '),
  requests: () => tab.requests.join('; '),
  picture: (file) => tab.page.screenshot({ path: file, fullPage: true }),
};

console.log('ok ready');
try {
  for await (const line of createInterface({ input: process.stdin })) {
    const [command, ...rest] = line.split('\t');
    try {
      const value = await commands[command](...rest);
      console.log(`ok ${typeof value === 'string' ? value.replace(/\r?\n/g, ' ') : ''}`);
    } catch (error) {
      console.log(`fail ${String(error.message).replace(/\s+/g, ' ')}`);
    }
  }
} finally {
  await tab.close();
  pages.close();
}
