import { type Browser, chromium, type Page } from 'playwright-core';

/** Debian's Chromium, headless, talking to nobody but the page's server. */
const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** A window of the console's server, watched. */
export const openWindow = async (
  url: string,
): Promise<{ readonly browser: Browser; readonly page: Page; readonly misconduct: Misconduct }> => {
  const browser = await startBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
  page.setDefaultTimeout(30_000);
  return { browser, page, misconduct: watch(page, url) };
};

/** What a page says that it should not, as it happens. */
export interface Misconduct {
  readonly errors: readonly string[];
  /** Requests to any other origin. */
  readonly foreign: readonly string[];
}

const watch = (page: Page, url: string): Misconduct => {
  const errors: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'data:' && origin !== new URL(url).origin) foreign.push(request.url());
  });
  return { errors, foreign };
};
