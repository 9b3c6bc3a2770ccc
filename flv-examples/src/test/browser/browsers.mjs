// One tab of an installed browser: open a page, ask it something, see its requests and faults.

const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--mute-audio', '--autoplay-policy=no-user-gesture-required'];

/** A tab of `chromium` or `firefox`. That of Chromium also gives its Playwright `page`. */
export async function openTab(browser, executable) {
  return browser === 'firefox' ? firefox(executable) : chromium(executable);
}

async function chromium(executablePath) {
  const playwright = await import('playwright-core');
  const browser = await playwright.chromium.launch({ executablePath, headless: true, args: QUIET });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  return {
    page, ...listen(page),
    open: (url) => page.goto(url, { waitUntil: 'load', timeout: 20000 }),
    ask: (question, argument) => page.evaluate(question, argument),
    close: () => browser.close(),
  };
}

async function firefox(executablePath) {
  const { default: puppeteer } = await import('puppeteer-core');
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true, extraPrefsFirefox: { 'media.autoplay.default': 0 } });
  const page = await browser.newPage();
  return {
    ...listen(page),
    open: (url) => page.goto(url, { waitUntil: 'load', timeout: 20000 }),
    ask: (question, argument) => page.evaluate(question, argument),
    close: () => browser.close(),
  };
}

/** Collects requests for FLV as `STATUS RANGE`, and what the console calls an error. */
function listen(page) {
  const requests = [];
  const faults = [];
  page.on('response', (response) => {
    const request = response.request();
    if (new URL(response.url()).pathname.endsWith('.flv') && request.method() === 'GET') {
      requests.push(`${response.status()} ${request.headers().range || '-'}`);
    }
  });
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  const forget = () => {
    requests.length = 0;
    faults.length = 0;
  };
  return { requests, faults, forget };
}

/** Asks `question` until the answer satisfies `enough` or the time is up; returns the last answer. */
export async function until(tab, question, enough, millis) {
  const deadline = Date.now() + millis;
  for (;;) {
    const answer = await tab.ask(question);
    if (enough(answer) || Date.now() > deadline) return answer;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}
