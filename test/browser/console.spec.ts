import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { freePort } from '../integration/broker.js';
import { getJson, RunningPlatform } from '../integration/platform/running-platform.js';
import { type Misconduct, openWindow } from './browser.js';

const picture = fileURLToPath(new URL('../../docs/images/console.png', import.meta.url));
const overviewShape = z.object({
  venues: z.array(
    z.object({
      ...{ id: z.string(), name: z.string(), battery_soc_ratio: z.number(), feeder: z.string() },
      switches: z.array(z.object({ position: z.number() })),
    }),
  ),
  overrides: z.array(z.object({ kind: z.string(), target: z.record(z.string(), z.unknown()), reason: z.string() })),
});

/** One page through one run of the platform: the tests follow each other. */
describe('the console', () => {
  const home = mkdtempSync(join(tmpdir(), 'venueflow-browser-'));
  let args: readonly string[] = [];
  let url = '';
  let platform: RunningPlatform | undefined;
  let browser: Browser | undefined;
  let page: Page;
  let misconduct: Misconduct;
  const overview = async () => overviewShape.parse(await getJson(`${url}/api/v1/overview`));
  const newOverride = async (kind: string) => {
    const form = page.getByRole('form', { name: 'New override' });
    await form.getByLabel(kind, { exact: true }).check();
    return form;
  };
  const setOverride = async () => {
    await page.getByRole('dialog').getByRole('button', { name: 'Set override' }).click();
    // Only then is the form empty again, or has what was typed meanwhile.
    await page.getByRole('status').getByText('The override is set.').waitFor();
  };
  const endOverride = async () => {
    await page.getByTestId('overrides').getByRole('button').click();
    await page.getByRole('dialog').getByRole('button', { name: 'End override' }).click();
    await page.getByText('No override runs').waitFor();
  };
  const battery = (venue: string) => page.getByRole('row', { name: venue }).locator('[data-label="Battery kW"]');

  beforeAll(async () => {
    // The embedded PostgreSQL of a root user runs as another one.
    chmodSync(home, 0o755);
    args = ['--games', 'campus-replay', '--speed', '60', '--begin', '12:00', '--port', String(await freePort())];
    platform = await RunningPlatform.start(home, args);
    url = await platform.ready();
    ({ browser, page, misconduct } = await openWindow(url));
    await page.goto(url);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await platform?.stop();
    rmSync(home, { recursive: true, force: true });
  }, 30_000);

  it('shows every venue, every line and both plans, live', async () => {
    const { venues } = await overview();
    for (const { name } of venues) await page.getByRole('rowheader', { name }).waitFor();
    expect(await page.locator('.lines tbody tr').count()).toBe(6);
    await page
      .getByRole('region', { name: 'Dispatch plan' })
      .getByText(/^active, no\. \d+$/)
      .waitFor();
    await page
      .getByRole('region', { name: 'Energy plan' })
      .getByText(/^active, no\. \d+$/)
      .waitFor();
    await page.locator('.connection[data-state="live"]').waitFor();
  });

  it('changes its numbers by itself', async () => {
    const stored = page.getByTestId('stored');
    const load = page.locator('[data-label="Load kW"]').first();
    const before = { stored: await stored.textContent(), load: await load.textContent() };
    await page.waitForFunction(
      (then) =>
        document.querySelector('[data-testid="stored"]')?.textContent !== then.stored &&
        document.querySelector('[data-label="Load kW"]')?.textContent !== then.load,
      before,
    );
    expect(await load.textContent()).toMatch(/^[\d,.]+$/);
  });

  it('draws the last hours and the planned ones', async () => {
    for (const path of ['past', 'planned'])
      await page.waitForFunction(
        (name) => (document.querySelector(`.trend .${name}`)?.getAttribute('d') ?? '').split('L').length > 5,
        path,
      );
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(width).toBeLessThanOrEqual(390);
  });

  it('sets an override that the battery follows, and ends it', async () => {
    const [venue] = (await overview()).venues;
    if (!venue) throw new Error('The pack has no venue.');
    const power = venue.battery_soc_ratio < 0.5 ? 7 : -7;
    const form = await newOverride('Setpoint');
    await form.getByLabel('Venue').selectOption(venue.name);
    await form.getByLabel('Battery kW').fill(String(power));
    await form.getByLabel('Reason').fill('browser test');
    await form.getByRole('button').click();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect((await overview()).overrides).toEqual([]);

    await form.getByRole('button').click();
    await setOverride();
    await page.getByTestId('overrides').getByText(venue.name).waitFor();
    expect((await overview()).overrides).toMatchObject([
      { kind: 'setpoint', target: { venue: venue.id, asset: 'battery', value: power }, reason: 'browser test' },
    ]);
    await battery(venue.name)
      .getByText(power > 0 ? '7.0 charging' : '\u22127.0 discharging')
      .waitFor();

    if (process.env['UPDATE_SCREENSHOT'] === '1') {
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await page.evaluate(() => scrollTo(0, 0));
      await page.screenshot({ path: picture, fullPage: true });
    }

    await endOverride();
    expect((await overview()).overrides).toEqual([]);
  });

  it('holds a transfer switch on the connection that was chosen, and it goes there', async () => {
    const find = async () => (await overview()).venues.find(({ switches }) => switches.length > 0);
    const before = await find();
    const form = await newOverride('Transfer switch');
    await form.getByRole('combobox', { name: 'Transfer switch' }).selectOption(`${before?.name}: transfer`);
    const connection = form.getByRole('combobox', { name: 'Connection' });
    expect(await connection.getByRole('option').allTextContents()).toEqual([
      'Choose…',
      `engineering, South feeder${before?.switches[0]?.position === 1 ? ' (closed now)' : ''}`,
      `engineering-north, North feeder${before?.switches[0]?.position === 2 ? ' (closed now)' : ''}`,
    ]);
    const position = before?.switches[0]?.position === 1 ? 2 : 1;
    await connection.selectOption({ index: position });
    await form.getByLabel('Reason').fill('work on the other feeder');
    await form.getByRole('button').click();
    await setOverride();
    const listed = page.getByTestId('overrides');
    await listed.getByText(/^Engineering: transfer stays on engineering(-north)?, until /).waitFor();
    await form.getByRole('combobox', { name: 'Transfer switch' }).selectOption({ index: 1 });
    const closed = connection.locator(`option:nth-child(${position + 1})`, { hasText: '(closed now)' });
    await closed.waitFor({ state: 'attached' });
    expect((await find())?.feeder).toBe(position === 1 ? 'south' : 'north');
    await endOverride();
  });

  it('says which feeder has no power, and the override stands', async () => {
    const form = await newOverride('No power');
    const what = form.getByRole('combobox', { name: 'What has no power' });
    expect(await what.locator('optgroup').evaluateAll((groups) => groups.map((group) => group.getAttribute('label')))).toEqual(['Feeders', 'Connections', 'Generators']); // prettier-ignore
    await what.selectOption('North feeder');
    await form.getByLabel('Reason').fill('a cable is cut');
    await form.getByRole('button').click();
    await setOverride();
    const listed = page.getByTestId('overrides');
    await listed.getByText(/^North feeder has no power, until /).waitFor();
    expect((await overview()).overrides).toMatchObject([{ kind: 'outage', target: { of: 'feeder', id: 'north' } }]);
    await endOverride();
  });

  it('keeps what is typed while an override is sent', async () => {
    const form = await newOverride('No power');
    await form.getByRole('combobox', { name: 'What has no power' }).selectOption('North feeder');
    await form.getByLabel('Reason').fill('a cable is cut');
    const overrides = '**/api/v1/overrides';
    await page.route(overrides, async (route) => {
      await form.getByLabel('Reason').fill('and another one');
      await route.continue();
    });
    await form.getByRole('button').click();
    await setOverride();
    await page.unroute(overrides);
    expect(await form.getByLabel('Reason').inputValue()).toBe('and another one');
    await endOverride();
  });

  it('adds a departure and says which vehicle makes it', async () => {
    const form = await newOverride('Departure');
    await form.getByLabel('Line').selectOption({ index: 1 });
    const clock = (await page.locator('.event-time').textContent()) ?? '';
    const [hours = 0, minutes = 0] = clock.slice(11, 16).split(':').map(Number);
    // On five minutes: the plan makes room for it.
    const leaves = (5 * Math.floor((60 * hours + minutes + 57) / 5)) % 1440;
    const twoDigits = (value: number) => String(Math.floor(value)).padStart(2, '0');
    await form.getByLabel(/^Departs/).fill(`${twoDigits(leaves / 60)}:${twoDigits(leaves % 60)}`);
    await form.getByLabel('Reason').fill('late train');
    await form.getByRole('button').click();
    await setOverride();
    const listed = page.getByTestId('overrides');
    await listed.getByText(/^by (bull|volt)-\d+$/).waitFor();
    await endOverride();
  });

  it('rolls back, then lets a person decide on the next plans, and keeps the place of the keyboard', async () => {
    const card = page.getByRole('region', { name: 'Dispatch plan' });
    const dialog = page.getByRole('dialog');
    const waiting = page.getByRole('link', { name: 'dispatch plan waits for approval' });
    expect(await card.getByRole('button', { name: 'Approve…' }).count()).toBe(0);
    await card.getByRole('button', { name: 'Roll back…' }).click();
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Roll back…');

    await card.getByRole('button', { name: 'Roll back…' }).click();
    await dialog.getByRole('radio').first().check();
    await dialog.getByRole('textbox').fill('browser test');
    await dialog.getByRole('button', { name: 'Roll back' }).click();
    await waiting.waitFor();
    expect(await page.title()).toMatch(/^\(1\) /);
    await card.getByText(/^No\. \d+ waits for approval$/).waitFor();

    await card.getByRole('button', { name: 'Reject…' }).click();
    await page.keyboard.type('too few buses');
    await page.keyboard.press('Enter');
    await page.getByText(/^Plan no\. \d+ is rejected\.$/).waitFor();
    await card.getByRole('button', { name: 'Approve…' }).click();
    await dialog.getByText(/takes over from no\. \d+ at once/).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(/^Plan no\. \d+ is approved\.$/).waitFor();

    await card.getByRole('button', { name: 'End the hold…' }).click();
    await dialog.getByRole('button', { name: 'End the hold' }).click();
    await waiting.waitFor({ state: 'detached' });
    await card.getByText('start by themselves').waitFor();
  });

  it('shows an error of the API as a sentence', async () => {
    const form = await newOverride('Setpoint');
    await form.getByLabel('Venue').selectOption({ index: 1 });
    await form.getByLabel('Battery kW').fill('1000000');
    await form.getByLabel('Reason').fill('too much');
    await form.getByRole('button').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Set override' }).click();
    await page
      .getByRole('status')
      .getByText(/^Not done\. .+/)
      .waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
  });

  it('is quiet on its console and asks no other host', () => {
    // The browser itself reports the refused request of the test before.
    expect(misconduct.errors.filter((text) => !text.includes('400 (Bad Request)'))).toEqual([]);
    expect(misconduct.foreign).toEqual([]);
  });

  it('says since when it has lost the platform, and comes back by itself', async () => {
    await platform?.kill();
    await page.getByText(/connection lost since \d\d:\d\d:\d\d \S+, showing the last picture/).waitFor();
    expect(await page.locator('.venues tbody tr').count()).toBeGreaterThan(0);

    platform = await RunningPlatform.start(home, args);
    await platform.ready();
    await page.locator('.connection[data-state="live"]').waitFor();
  }, 120_000);
});
