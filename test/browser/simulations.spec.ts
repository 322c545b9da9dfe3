import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { RunningPlatform } from '../integration/platform/running-platform.js';
import { type Misconduct, openWindow } from './browser.js';

/** A day with its two policies, while the live event goes on beside it. */
const RUN_MS = 120_000;

/** One page through one run of the platform: the tests follow each other. */
describe('the page What-if', () => {
  const home = mkdtempSync(join(tmpdir(), 'venueflow-what-if-'));
  let url = '';
  let platform: RunningPlatform | undefined;
  let browser: Browser | undefined;
  let page: Page;
  let misconduct: Misconduct;
  const form = () => page.getByRole('form', { name: 'New run' });
  const runs = () => page.getByRole('region', { name: 'Runs' });
  const send = () => form().getByRole('button', { name: 'Run', exact: true }).click();
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  const picture = async (name: string): Promise<void> => {
    const folder = process.env['SCREENSHOTS'];
    if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  };
  /** A run that plans nothing: some seconds a day. */
  const fillQuick = async (title: string): Promise<void> => {
    await form().getByLabel('Title').fill(title);
    await form().getByLabel('Day', { exact: true }).fill('2026-11-24');
    await form().getByLabel('Drawn days').fill('1');
    await form().getByLabel('Vehicles leave').nth(1).selectOption('timetable');
    await form().getByLabel('Batteries').nth(1).selectOption('rule');
  };

  beforeAll(async () => {
    // The embedded PostgreSQL of a root user runs as another one.
    chmodSync(home, 0o755);
    platform = await RunningPlatform.start(join(home, 'home'), ['--games', 'campus-replay']);
    url = await platform.ready();
    ({ browser, page, misconduct } = await openWindow(url));
    await page.goto(url);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await platform?.stop();
    rmSync(home, { recursive: true, force: true });
  }, 30_000);

  it('is a link away, and says what it is for while nothing has been run', async () => {
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'What-if' }).click();
    await page.getByText('Nothing of it reaches the live event.').waitFor();
    await runs().getByText('Nothing has been run yet.').waitFor();
    expect(await page.title()).toMatch(/What-if · /);
  });

  it('shows the live day, whose prediction is under way or there', async () => {
    const ledger = page.getByRole('region', { name: 'Predicted and happened', exact: true });
    await ledger
      .getByText(/^(not predicted yet|predicted when it had begun)/)
      .first()
      .waitFor();
  });

  it('says at each field what is wrong', async () => {
    await form().getByLabel('Kind of change').selectOption('attendance');
    await form().getByRole('button', { name: 'Add', exact: true }).click();
    await form().getByLabel('Times as many').fill('-1');
    await send();
    await form().getByRole('alert').waitFor();
    await form().getByText('The number must be greater than 0.').waitFor();
    expect(await form().getByLabel('Times as many').getAttribute('aria-invalid')).toBe('true');
    expect(await form().getByLabel('Title').getAttribute('aria-invalid')).toBe('true');
    await picture('what-if-refused');
    await form().getByRole('button', { name: 'Remove: More or fewer people' }).click();
  });

  it('fills the form with a ready scenario', async () => {
    await form().getByLabel('Start from').selectOption('session-late');
    expect(await form().getByRole('textbox', { name: 'Minutes late' }).inputValue()).toBe('45');
    expect(
      await form()
        .getByRole('combobox', { name: /^Session/ })
        .inputValue(),
    ).toBe('event-03-2026-11-24');
    await form().getByRole('button', { name: 'Remove: A session ends late' }).click();
  });

  it('runs a scenario, shows how far it is, and what it came to', async () => {
    await fillQuick('The first');
    await send();
    await page.getByRole('heading', { name: 'The first' }).waitFor();
    await page.getByRole('progressbar', { name: 'Progress of The first' }).waitFor();
    await page.getByRole('heading', { name: 'What it came to' }).waitFor({ timeout: RUN_MS });
    await page.locator('.state').filter({ hasText: 'done' }).waitFor({ timeout: RUN_MS });
    const table = page.getByRole('region', { name: 'Means and differences' });
    await table.getByRole('rowheader', { name: 'Energy, USD' }).waitFor();
    expect(await table.getByRole('columnheader').count()).toBe(4);
    await page.frameLocator('iframe').getByRole('heading', { name: 'The first day' }).waitFor();
    await picture('what-if-run');
  }, 300_000);

  it('keeps it, and its address shows it again', async () => {
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByText('Kept.').waitFor();
    const link = await page.getByLabel('Link to this run').inputValue();
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByRole('heading', { name: 'The first' }).waitFor();
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('heading', { name: 'What it came to' }).waitFor();
    const run = await width();
    await picture('what-if-run-narrow');
    await page.getByRole('link', { name: 'All runs' }).click();
    await runs().getByRole('link', { name: 'The first' }).waitFor();
    const all = await width();
    await picture('what-if-narrow');
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(Math.max(run, all)).toBeLessThanOrEqual(390);
  });

  it('runs it again with something changed, and cancels it', async () => {
    await runs().getByRole('link', { name: 'The first' }).click();
    await page.getByRole('button', { name: 'Change and run again' }).click();
    await form().getByLabel('Title').fill('The second');
    await form().getByLabel('Vehicles leave').nth(1).selectOption('dispatch_with_forecast');
    await form().getByLabel('Drawn days').fill('9');
    await send();
    await page.getByRole('heading', { name: 'The second' }).waitFor();
    await page.getByRole('button', { name: 'Cancel the run…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click();
    await page.locator('.state').filter({ hasText: 'cancelled' }).waitFor();
  });

  it('compares runs side by side', async () => {
    await page.getByRole('link', { name: 'All runs' }).click();
    await runs().getByLabel('Compare The first').check();
    await runs().getByLabel('Compare The second').check();
    await runs().getByRole('button', { name: 'Compare 2' }).click();
    await page.getByRole('heading', { name: 'Side by side' }).waitFor();
    await page.getByRole('heading', { name: 'Differences to The first' }).waitFor();
    expect(await page.getByRole('region', { name: 'Means side by side' }).getByRole('columnheader').count()).toBe(7);
    await picture('what-if-compare');
  });

  it('is quiet on its console and asks no other host', () => {
    // The browser itself reports the refused request of a test before.
    expect(misconduct.errors.filter((text) => !text.includes('422 (Unprocessable Entity)'))).toEqual([]);
    expect(misconduct.foreign).toEqual([]);
  });
});
