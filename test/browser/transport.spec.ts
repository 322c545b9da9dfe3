import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { listVehicles, loadPack, type Pack } from '#libs/games';
import { getJson, RunningPlatform } from '../integration/platform/running-platform.js';
import { type Misconduct, openWindow } from './browser.js';

const PACK = fileURLToPath(new URL('../../config/campus-replay', import.meta.url));
const ROAD = 'Epsilon Hall - Marshall Student Center';
/** One every day of the recording, so that there always is a next one. */
const sessionsFile = (): string => {
  const first = Date.UTC(2005, 6, 24);
  const sessions = Array.from({ length: 105 }, (_, day) => {
    const date = new Date(first + day * 86_400_000).toISOString().slice(0, 10);
    return `  - { id: daily-${day}, venue: marshall, name: The daily match, start: ${date}T12:00, end: ${date}T14:00 }`;
  });
  return ['recording: calit2', 'sessions:', ...sessions, ''].join('\n');
};

const overviewShape = z.object({
  lines: z.array(z.object({ id: z.string(), next_departures: z.array(z.object({ vehicle: z.string() })) })),
  overrides: z.array(z.object({ kind: z.string(), target: z.record(z.string(), z.unknown()) })),
  sessions: z.object({
    now: z.array(z.object({ id: z.string(), name: z.string() })),
    next: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
});

/** One page through one run of the platform: the tests follow each other. */
describe('the page Transport', () => {
  const home = mkdtempSync(join(tmpdir(), 'venueflow-transport-'));
  let pack: Pack;
  let url = '';
  let platform: RunningPlatform | undefined;
  let browser: Browser | undefined;
  let page: Page;
  let misconduct: Misconduct;
  const overview = async () => overviewShape.parse(await getJson(`${url}/api/v1/overview`));
  const vehicles = () => page.getByRole('region', { name: 'Vehicles', exact: true });
  const departures = () => page.getByRole('region', { name: 'Departures, planned and seen' });
  const news = () => page.getByRole('region', { name: 'What the plan changed' });
  const form = () => page.getByRole('form', { name: 'New override' });
  const goTo = (name: string) =>
    page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click();
  const confirm = (name: string) => page.getByRole('dialog').getByRole('button', { name }).click();
  const picture = async (name: string): Promise<void> => {
    const folder = process.env['SCREENSHOTS'];
    if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  };

  beforeAll(async () => {
    // The embedded PostgreSQL of a root user runs as another one.
    chmodSync(home, 0o755);
    const folder = join(home, 'pack');
    cpSync(PACK, folder, { recursive: true });
    writeFileSync(join(folder, 'sessions.yaml'), sessionsFile());
    const read = await loadPack(folder);
    if (!read.ok) throw new Error('The pack cannot be read.');
    pack = read.value;
    platform = await RunningPlatform.start(join(home, 'home'), [
      '--games',
      folder,
      '--speed',
      '60',
      '--begin',
      '11:00',
    ]);
    url = await platform.ready();
    ({ browser, page, misconduct } = await openWindow(url));
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await platform?.stop();
    rmSync(home, { recursive: true, force: true });
  }, 30_000);

  it('says what there is not yet', async () => {
    await page.route('**/api/v1/vehicles', (route) =>
      route.fulfill({ json: { at_ms: 0, vehicles: [], missing: [], departures: [], headways: [] } }),
    );
    await page.goto(`${url}/#transport`);
    await vehicles().getByText('No vehicle has said where it is yet.').waitFor();
    await departures().getByText('Nothing has left in the last hour.').waitFor();
    await page.unroute('**/api/v1/vehicles');
  });

  it('is a link away from the room', async () => {
    await goTo('Operations');
    await page.getByRole('region', { name: 'Dispatch plan' }).waitFor();
    await goTo('Transport');
    await page.getByRole('heading', { name: 'Lines and vehicles' }).waitFor();
    expect(await page.title()).toMatch(/Transport · /);
  });

  it('draws every line, and the vehicles on them, which move', async () => {
    const map = page.getByRole('img', { name: /^Map of \d+ lines with [1-9]\d* vehicles/ });
    await map.waitFor();
    const colors = await map.locator('polyline').evaluateAll((ways) => ways.map((way) => way.getAttribute('stroke')));
    expect(new Set(colors).size).toBeGreaterThan(1);
    expect(colors.length).toBeGreaterThanOrEqual(pack.transport.lines.length);
    const places = () =>
      map.locator('.vehicle').evaluateAll((all) => all.map((one) => one.getAttribute('transform')).join());
    const before = await places();
    await page.locator('.vehicle[data-state="driving"]').first().waitFor();
    await page.waitForFunction(
      (then) =>
        [...document.querySelectorAll('.line-map .vehicle')].map((one) => one.getAttribute('transform')).join() !==
        then,
      before,
    );
  });

  it('lists the vehicles: their line, next stop and arrival', async () => {
    const known = new Set(listVehicles(pack.transport).map(({ id }) => id));
    await vehicles()
      .getByText(/^[1-9]\d* of \d+ on a trip$/)
      .waitFor();
    const names = await vehicles().getByRole('rowheader').allTextContents();
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
    // Those on a trip come first.
    const first = vehicles().locator('tbody tr').first();
    expect(await first.locator('[data-label="Line"]').textContent()).not.toBe('between trips');
    expect(await first.locator('[data-label="Seen"]').textContent()).toMatch(/ago$/);
    await vehicles()
      .locator('[data-label="Arrives"]')
      .filter({ hasText: /\d\d:\d\d \d\d:\d\d to \d\d:\d\d|at the stop/ })
      .first()
      .waitFor();
  });

  it('shows departures as planned and as seen, and each line in the last hour', async () => {
    await departures()
      .getByRole('row')
      .filter({ hasText: /\d\d:\d\d\D*\d\d:\d\d/ })
      .first()
      .waitFor();
    const record = page.getByRole('region', { name: 'Lines in the last hour' });
    expect(await record.locator('tbody tr').count()).toBe(pack.transport.lines.length);
    await picture('transport-wide');
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    await picture('transport-narrow');
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(width).toBeLessThanOrEqual(390);
  });

  it('takes a vehicle out of service, and it gets no departure any more', async () => {
    const nextVehicles = async () =>
      (await overview()).lines.flatMap((line) => line.next_departures.map(({ vehicle }) => vehicle));
    const vehicle = (await nextVehicles()).at(-1);
    if (!vehicle) throw new Error('No departure is planned.');
    await goTo('Operations');
    await form().getByLabel('Vehicle out').check();
    await form().getByLabel('Vehicle', { exact: true }).fill(vehicle);
    await form().getByLabel('Reason').fill('flat tyre');
    await form().getByRole('button').click();
    await page
      .getByRole('dialog')
      .getByText(new RegExp(`^${vehicle} cannot drive, until `))
      .waitFor();
    await confirm('Set override');
    const listed = page.getByTestId('overrides').getByText(`${vehicle} cannot drive, until `);
    await listed.waitFor();
    expect((await overview()).overrides).toMatchObject([{ kind: 'vehicle', target: { vehicle } }]);
    const end = Date.now() + 20_000;
    while (Date.now() < end && (await nextVehicles()).includes(vehicle)) await page.waitForTimeout(200);
    const left = await nextVehicles();
    expect(left.length).toBeGreaterThan(0);
    expect(left).not.toContain(vehicle);
    await page
      .getByTestId('overrides')
      .getByRole('button', { name: `End: ${vehicle} cannot drive` })
      .click();
    await confirm('End override');
    await listed.waitFor({ state: 'detached' });
  });

  it('refuses a vehicle that is not in the fleet, in a sentence', async () => {
    await form().getByLabel('Vehicle', { exact: true }).fill('bull-99');
    await form().getByLabel('Reason').fill('flat tyre');
    await form().getByRole('button').click();
    await confirm('Set override');
    await page
      .getByRole('status')
      .getByText(/^Not done\. .*bull-99/)
      .waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
  });

  it('closes a road, and the news say which way lines go then', async () => {
    await form().getByLabel('Road closed').check();
    await page.locator('datalist option').first().waitFor({ state: 'attached' });
    const names = await page
      .locator('datalist option')
      .evaluateAll((all) => all.map((one) => one.getAttribute('value')));
    expect(names).toContain(ROAD);
    await form().getByLabel('Road, by name or link').fill(ROAD);
    await form().getByLabel('Reason').fill('burst pipe');
    await form().getByRole('button').click();
    await confirm('Set override');
    await page.getByTestId('overrides').getByText(`${ROAD} is closed`).waitFor();
    await goTo('Transport');
    await news()
      .getByText(new RegExp(`${ROAD} closed`))
      .first()
      .waitFor();
    await picture('transport-closed-road');
    await goTo('Operations');
    await page
      .getByTestId('overrides')
      .getByRole('button', { name: `End: ${ROAD} is closed` })
      .click();
    await confirm('End override');
    await page.getByText('No override runs').waitFor();
  });

  it('shows how a session really goes', async () => {
    const { sessions } = await overview();
    const session = [...sessions.now, ...sessions.next][0];
    if (!session) throw new Error('No session in the next 36 hours.');
    const response = await fetch(`${url}/api/v1/sessions/${session.id}/state`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ state: 'cancelled', by: 'Ada' }),
    });
    expect(response.status).toBe(204);
    const row = page.getByRole('region', { name: 'Sessions and gateways' }).getByRole('listitem').filter({
      hasText: session.name,
    });
    await row.getByText('cancelled').first().waitFor();
  });

  it('is quiet on its console and asks no other host', () => {
    // The browser itself reports the refused request of a test before.
    expect(misconduct.errors.filter((text) => !text.includes('400 (Bad Request)'))).toEqual([]);
    expect(misconduct.foreign).toEqual([]);
  });

  it('keeps what it shows while the platform is away, and says so', async () => {
    await goTo('Transport');
    await vehicles().getByRole('rowheader').first().waitFor();
    await platform?.kill();
    await page.getByText(/connection lost since/).waitFor();
    await page
      .locator('main')
      .getByText(/does not answer/)
      .first()
      .waitFor();
    expect(await vehicles().getByRole('rowheader').count()).toBeGreaterThan(0);
  }, 60_000);
});
