// Visits pages in Firefox, as one hand would: look, drag, open a scene. Playwright drives only a
// Firefox of its own making; puppeteer drives the one that people have, over WebDriver BiDi.
//
// In, on stdin: {executable, server, visits: [{address, stage}…]}. Out: a line of JSON for each.

import puppeteer from 'puppeteer-core';

// Torch agrees with the browser.
const AGREED = () =>
  [...document.querySelectorAll('.lab-agreement')].some(
    (e) => e.checkVisibility() && e.textContent.includes('✓'),
  );
const HANDLE = '.lab-handle, .lab-mask[tabindex], .lab-matrix input';
const picture = () => document.querySelector('[data-lab-ready]').innerText;
const frames = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

async function text() {
  let read = '';
  for await (const part of process.stdin) read += part;
  return read;
}

/** Move the first handle that is seen with the mouse, or a number with a key; what is seen then. */
async function drag(page) {
  const handles = await page.$$(HANDLE);
  const seen = await Promise.all(handles.map((one) => one.isVisible()));
  const handle = handles[seen.indexOf(true)];
  await handle.scrollIntoView();
  if (await handle.evaluate((e) => e.matches('input'))) {
    await handle.press('ArrowUp');
    await frames(page);
    return page.evaluate(picture);
  }
  const box = await handle.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 5; step += 1) {
    await page.mouse.move(x + 7 * step, y - 4 * step);
    await frames(page);
  }
  const during = await page.evaluate(picture);
  await page.mouse.up();
  return during;
}

async function visit(page, server, { address, stage }) {
  const heard = [];
  const listen = {
    console: (message) => message.type() === 'error' && heard.push(`console: ${message.text()}`),
    pageerror: (error) => heard.push(`uncaught: ${error}`),
    request: (asked) =>
      /^(http|ws)s?:/.test(asked.url()) &&
      new URL(asked.url()).host !== new URL(server).host &&
      heard.push(`another host: ${asked.url()}`),
  };
  for (const [name, listener] of Object.entries(listen)) page.on(name, listener);
  await page.goto(server + address);
  const told = { address, heard };
  if (!stage) await page.waitForSelector('.lab-door');
  else {
    const agreed = async () => {
      await frames(page); // until then the answer is that to the state before
      await page.waitForFunction(AGREED);
    };
    await page.waitForSelector(`.lab-${stage}[data-lab-ready]`);
    await agreed();
    told.before = await page.evaluate(picture);
    told.during = await drag(page);
    await agreed();
    const chip = await page.$('.lab-chip');
    await chip.click();
    await page.waitForFunction(() => new URLSearchParams(location.search).has('scene'));
    await frames(page);
    // The question veils what would answer it, torch's numbers too.
    const skip = await page.$('.lab-skip');
    if (await skip.isVisible()) await skip.click();
    await agreed();
    told.scene = new URL(page.url()).searchParams.get('scene');
  }
  told.exceptions = await page.$$eval('[data-testid=stException]', (all) => all.map((e) => e.textContent));
  // A policy that is broken is told to no listener of the console, but to the document.
  heard.push(...(await page.evaluate(() => globalThis.violations)));
  for (const [name, listener] of Object.entries(listen)) page.off(name, listener);
  return told;
}

const { executable, server, visits } = JSON.parse(await text());
const browser = await puppeteer.launch({ browser: 'firefox', executablePath: executable, headless: true });
const page = await browser.newPage();
page.setDefaultTimeout(60_000);
await page.setViewport({ width: 1280, height: 800 });
await page.evaluateOnNewDocument(() => {
  globalThis.violations = [];
  addEventListener('securitypolicyviolation', (event) =>
    globalThis.violations.push(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`),
  );
});
for (const one of visits) {
  const told = await visit(page, server, one).catch((error) => ({ address: one.address, failed: String(error) }));
  console.log(JSON.stringify(told));
}
await browser.close();
