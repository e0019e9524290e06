import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const CHROMIUM = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap(folder => [
    join(folder, 'chromium'),
    join(folder, 'chromium-browser'),
  ])
  .find(path => existsSync(path));

let browser: Promise<Browser> | undefined;
let skipped = 0;

/** Skips the tests of a suite when Chromium is not installed. */
export function needChromium(test: Mocha.Context): void {
  if (CHROMIUM !== undefined) return;
  skipped += test.test?.parent?.total() ?? 0;
  test.skip();
}

/** A page in a browser session of its own. */
export async function newPage(options: BrowserContextOptions): Promise<Page> {
  browser ??= chromium.launch({ executablePath: `${CHROMIUM}`, args: FLAGS });
  const context = await (await browser).newContext(options);
  context.setDefaultTimeout(100_000);
  return context.newPage();
}

const AXE = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** What hinders people who use a page otherwise: the rules, and where. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      [id, ...target, failureSummary].join(' '),
    ),
  );
}

/** Goes on with the Tab key until this is focused. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let i = 0; i < 200; i++) {
    await page.keyboard.press('Tab');
    if (name.test(await focused(page))) return;
  }
  throw new Error(`Tab never leads to ${name}`);
}

/** What a person would call the focused element. */
export function focused(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const element = document.activeElement;
    const label = element?.labels?.[0]?.textContent;
    return element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '';
  })()`);
}

after(async () => {
  if (skipped > 0) {
    console.log(`${skipped} tests need Chromium: apt-get install chromium`);
  }
  await (await browser)?.close();
});
