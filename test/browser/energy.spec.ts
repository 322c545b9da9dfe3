import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type EnergyDocument, energySchema } from '../../apps/platform/src/api/energy/energy.schema.js';
import { getJson, RunningPlatform } from '../integration/platform/running-platform.js';
import { type Misconduct, openWindow } from './browser.js';
import { fearedDay } from './energy-fixture.js';

/** One page through one run of the platform: the tests follow each other. */
describe('the page Energy', () => {
  const home = mkdtempSync(join(tmpdir(), 'venueflow-energy-'));
  let url = '';
  let platform: RunningPlatform | undefined;
  let browser: Browser | undefined;
  let page: Page;
  let misconduct: Misconduct;
  const energy = async () => energySchema.parse(await getJson(`${url}/api/v1/energy`));
  const region = (name: string) => page.getByRole('region', { name, exact: true });
  const picture = async (name: string): Promise<void> => {
    const folder = process.env['SCREENSHOTS'];
    if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  };
  const widthOnPhone = async (name: string): Promise<number> => {
    await page.setViewportSize({ width: 390, height: 844 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    await picture(name);
    await page.setViewportSize({ width: 1280, height: 900 });
    return width;
  };
  /** The page anew, with what the platform says changed on its way. */
  const showing = async (change: (document: EnergyDocument) => EnergyDocument): Promise<void> => {
    await page.unrouteAll({ behavior: 'wait' });
    await page.route('**/api/v1/energy', async (route) => {
      const answer = energySchema.parse(await (await route.fetch()).json());
      await route.fulfill({ json: energySchema.parse(change(answer)) });
    });
    await page.reload();
    await page.getByRole('heading', { name: 'Plan in force' }).waitFor();
  };

  beforeAll(async () => {
    // The embedded PostgreSQL of a root user runs as another one.
    chmodSync(home, 0o755);
    platform = await RunningPlatform.start(home, ['--games', 'campus-replay', '--speed', '60', '--begin', '12:00']);
    url = await platform.ready();
    ({ browser, page, misconduct } = await openWindow(url));
    await page.goto(url);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await platform?.stop();
    rmSync(home, { recursive: true, force: true });
  }, 30_000);

  it('is a link away from the room', async () => {
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Energy', exact: true }).click();
    await region('Plan in force')
      .getByText(/^active, no\. \d+$/)
      .waitFor();
    expect(await page.title()).toMatch(/Energy · /);
  });

  it('shows every feeder against its limit, and every site measured and planned', async () => {
    const { plan, measured } = await energy();
    if (!plan) throw new Error('No energy plan is active.');
    expect(plan.feeders.length).toBeGreaterThan(0);
    await region('Feeders')
      .getByText(/^[\d,.]+ of [\d,.]+ kW, (within limit|no reserve|over limit)$/)
      .first()
      .waitFor();
    expect(await region('Feeders').getByRole('img').count()).toBe(plan.feeders.length);
    expect(
      await region('Feeders')
        .getByText(/^Worst ahead: /)
        .count(),
    ).toBe(plan.feeders.length);
    for (const name of ['Load', 'Sun', 'Import', 'Battery', 'Charge'])
      expect(
        await page.getByRole('img', { name: new RegExp(`^${name} of .+ measured since .+ planned, at`) }).count(),
      ).toBe(measured.sites.length);
    const drawn = await page
      .getByRole('img', { name: / measured since / })
      .locator('.past')
      .evaluateAll((paths) => paths.map((path) => path.getAttribute('d')));
    expect(drawn.filter((path) => (path ?? '').split('L').length < 20)).toEqual([]);
    await picture('energy-wide');
  });

  it('has the values behind a picture as a table, also for the keyboard', async () => {
    const { measured, plan } = await energy();
    const values = page.getByRole('group').filter({ hasText: /^Values of the feeders/ });
    await values.locator('summary').focus();
    await page.keyboard.press('Enter');
    const rows = region('Values of the feeders').locator('tbody tr');
    await rows.first().waitFor();
    expect(await rows.filter({ hasText: 'measured' }).count()).toBe(measured.feeders[0]?.load_kw.length);
    expect(await rows.filter({ hasText: 'planned' }).count()).toBeGreaterThan(
      (plan?.feeders[0]?.load_kw.length ?? 0) - 4,
    );
    await page.keyboard.press('Enter');
  });

  it('says what the plan costs and does next', async () => {
    await region('Plan in force')
      .getByText(/^The plan (saves|costs more)$/)
      .waitFor();
    await region('What the plan does next')
      .getByText(/^Battery at .+ (charges|discharges|rests) .*until \d\d:\d\d/)
      .first()
      .waitFor();
  });

  it('fits a phone', async () => expect(await widthOnPhone('energy-narrow')).toBeLessThanOrEqual(390));

  it('names limits that cannot hold, what must not fail first, and what would clear them', async () => {
    await showing(({ at_ms: at }) => fearedDay(at));
    const rows = page.getByRole('table', { name: 'Limits that cannot hold' }).locator('tbody tr');
    await rows.first().waitFor();
    expect(await rows.locator('th').allTextContents()).toEqual([
      ...['life safety', 'broadcast', 'supply', 'feeder', 'contract', 'reserve', 'comfort', 'comfort'],
    ]);
    const feeder = await rows.nth(3).allInnerTexts();
    expect(feeder.join()).toMatch(
      /North feeder: feeder limit.*61\.2 kW.*61\.2 kW more limit, or so much less behind it/s,
    );
    await region('Feeders').getByText('on Hill substation').first().waitFor();
    expect(await region('Feeders').locator('.over').count()).toBeGreaterThan(0);
    const generator = page.getByRole('img', { name: /^Genset of Sun Dome: .*at most 120 kW planned/ });
    await generator.waitFor();
    await page.getByRole('img', { name: /^Ice floor of Sun Dome/ }).waitFor();
    await region('What the plan does next')
      .getByText(/Transfer at Engineering puts it on North feeder from/)
      .waitFor();
    await region('What a kW more would be worth').getByText('1.84 USD').waitFor();
    await region('What the plan does next')
      .getByText(/^Battery at Marshall Student Center charges 38 to 40 kW until \d\d:\d\d, then rests/)
      .waitFor();
    await picture('energy-feared');
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture('energy-feared-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await widthOnPhone('energy-feared-narrow')).toBeLessThanOrEqual(390);
  });

  it('says until when all limits hold', async () => {
    await showing((document) => ({
      ...document,
      plan: document.plan && { ...document.plan, violations: [], violations_total: 0 },
    }));
    await region('Limits that cannot hold')
      .getByText(/^All limits hold until \d\d:\d\d( tomorrow)?\.$/)
      .waitFor();
  });

  it('says that a plan is out of date', async () => {
    await showing(({ at_ms: at, plan, ...document }) => ({
      ...document,
      at_ms: at,
      plan: plan && {
        ...plan,
        ...{ created_ms: at - 7_200_000, valid_until_ms: at - 3_600_000, violations: [], violations_total: 0 },
      },
    }));
    await region('Plan in force')
      .getByText(/^run out, no\. \d+$/)
      .waitFor();
    await region('Plan in force')
      .getByText(/^The plan is out of date/)
      .waitFor();
    await region('Limits that cannot hold')
      .getByText(/it has run out/)
      .waitFor();
  });

  it('shows what is measured when there is no plan', async () => {
    await showing((document) => ({ ...document, plan: null }));
    await region('Plan in force')
      .getByText(/^No plan is in force: batteries rest\./)
      .waitFor();
    await page
      .getByRole('img', { name: /^Load of .+ measured since .+ not planned\.$/ })
      .first()
      .waitFor();
    await region('Feeders').getByRole('meter').first().waitFor();
    await picture('energy-no-plan');
  });

  it('is quiet on its console and asks no other host', () => {
    expect(misconduct.errors).toEqual([]);
    expect(misconduct.foreign).toEqual([]);
  });

  it('keeps the last picture while the platform is away, and says how old it is', async () => {
    await page.unrouteAll({ behavior: 'wait' });
    await page.reload();
    await region('Feeders').getByRole('img').first().waitFor();
    await platform?.kill();
    await page
      .getByRole('status')
      .getByText(/This is the picture of \d\d:\d\d, (\d+ min )?\d+ s old\./)
      .waitFor();
    expect(await region('Feeders').getByRole('img').count()).toBeGreaterThan(0);
    await picture('energy-away');
  }, 60_000);
});
