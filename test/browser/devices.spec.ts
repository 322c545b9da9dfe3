import { appendFileSync, chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectAsync, type MqttClient } from 'mqtt';
import type { Browser, Page } from 'playwright-core';
import { freePort } from '../integration/broker.js';
import { RunningPlatform } from '../integration/platform/running-platform.js';
import { type Misconduct, openWindow } from './browser.js';

const PACK = fileURLToPath(new URL('../../config/campus-replay', import.meta.url));

/** Two meters that speak a format of their own; the second is never heard. */
const DEVICES = `
devices:
  - id: kitchen-meter
    venue: marshall
    profile: shelly_gen2
    topic: kitchen/status/#
    points:
      - { id: kitchen.active_power, kind: sub_power, unit: kW, min: 0, max: 40, interval_s: 60, from: 'em:0.total_act_power' }
      - { id: kitchen.voltage, kind: sensor, unit: V, min: 180, max: 260, interval_s: 60, from: 'em:0.a_voltage' }
  - id: store-meter
    venue: library
    profile: shelly_gen2
    topic: store/status/#
    points:
      - { id: store.active_power, kind: sub_power, unit: kW, min: 0, max: 40, interval_s: 60, from: 'em:0.total_act_power' }
`;

/** One page through one run of the platform: the tests follow each other. */
describe('the page Devices', () => {
  const home = mkdtempSync(join(tmpdir(), 'venueflow-devices-'));
  let platform: RunningPlatform | undefined;
  let browser: Browser | undefined;
  let devices: MqttClient | undefined;
  let page: Page;
  let misconduct: Misconduct;
  const points = () => page.getByRole('region', { name: 'Points' });
  const gateways = () => page.getByRole('region', { name: 'Gateways' });
  const rejected = () => page.getByRole('region', { name: 'Rejected messages' });
  const row = (name: string) => points().getByRole('row', { name });
  const publish = (topic: string, payload: string | Buffer) => devices?.publishAsync(topic, payload, { qos: 1 });
  const picture = async (name: string): Promise<void> => {
    const folder = process.env['SCREENSHOTS'];
    if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  };

  beforeAll(async () => {
    // The embedded PostgreSQL of a root user runs as another one.
    chmodSync(home, 0o755);
    const pack = join(home, 'pack');
    cpSync(PACK, pack, { recursive: true });
    appendFileSync(join(pack, 'devices.yaml'), DEVICES);
    const mqttPort = String(await freePort());
    const args = ['--games', pack, '--speed', '60', '--begin', '12:00', '--mqtt-port', mqttPort];
    platform = await RunningPlatform.start(join(home, 'home'), args);
    const url = await platform.ready();
    devices = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`);
    ({ browser, page, misconduct } = await openWindow(url));
    await page.goto(url);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await devices?.endAsync(true);
    await platform?.stop();
    rmSync(home, { recursive: true, force: true });
  }, 30_000);

  it('is a link away from the room, and the way back', async () => {
    const pages = page.getByRole('navigation', { name: 'Pages' });
    await pages.getByRole('link', { name: 'Devices' }).click();
    await page.getByRole('heading', { name: 'Gateways' }).waitFor();
    expect(await page.title()).toMatch(/Devices · /);
    expect(await pages.getByRole('link', { name: 'Devices' }).getAttribute('aria-current')).toBe('page');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
    await page.goBack();
    await page.getByRole('region', { name: 'Energy plan' }).waitFor();
    await page.goForward();
    await page.getByRole('heading', { name: 'Points' }).waitFor();
  });

  it('shows each gateway and each device with its own format', async () => {
    await gateways().getByRole('row', { name: 'gw-marshall' }).getByText('online').waitFor();
    await gateways().getByRole('row', { name: 'store-meter' }).getByText('never heard').waitFor();
    expect(await gateways().getByRole('row', { name: 'store-meter' }).textContent()).toContain('shelly_gen2');
    await row('store.active_power').getByText('never heard').waitFor();
    await row('kitchen.active_power').getByText('never heard').waitFor();
  });

  it('shows the value that a device sends, in the unit of the pack, and why it is doubtful', async () => {
    await publish('kitchen/status/em:0', JSON.stringify({ id: 0, total_act_power: 900_000, a_voltage: 231.4 }));
    await row('kitchen.active_power').getByText('900 kW').waitFor();
    await row('kitchen.active_power').getByText('outside its range').waitFor();
    await row('kitchen.voltage').getByText('231.4 V').waitFor();
    await row('kitchen.voltage').getByText('good').waitFor();
  });

  it('says which points went stale, and brings them to the top', async () => {
    await row('kitchen.voltage').getByText('stale').waitFor();
    await row('load.active_power').first().getByText('live').waitFor();
    const first = points().locator('tbody').first().locator('tr:not(.group)').first();
    expect(await first.textContent()).toMatch(/^kitchen\.active_power/);
    await page.getByRole('link', { name: 'Operations' }).click();
    await page.getByRole('link', { name: '2 stale points' }).click();
    expect(await points().getByLabel('Venue').inputValue()).toBe('marshall');
    await row('kitchen.voltage').waitFor();
    expect(await points().locator('.group').count()).toBe(1);
  });

  it('finds points by words and by state', async () => {
    await points().getByLabel('Venue').selectOption('');
    await points().getByLabel('Search').fill('shelly kitchen');
    await points()
      .getByText(/^2 of \d+ points$/)
      .waitFor();
    await points().getByLabel('Show').selectOption('uncertain or bad');
    await points()
      .getByText(/^1 of \d+ points$/)
      .waitFor();
    await points().getByLabel('Search').fill('no such thing');
    await points().getByText('No point is like that.').waitFor();
    await points().getByLabel('Search').fill('');
    await points().getByLabel('Show').selectOption('all points');
  });

  it('shows what was rejected, why, and what to do', async () => {
    await rejected().getByText('Nothing was rejected.').waitFor();
    const reading = { point: 'a.b', ts: Date.now(), value: 1, unit: 'kW', quality: 'good' };
    await publish('venueflow/v1/marshall/gw-ghost/readings', JSON.stringify({ seq: 1, readings: [reading, reading] }));
    await publish('kitchen/status/em:0', Buffer.from([0xff, 0xfe, 0x00]));
    const ghost = rejected().getByRole('article', { name: 'unknown gateway' });
    await ghost.getByText('1 message, 2 readings in the last hour').waitFor();
    await ghost.getByText(/Add the gateway to devices\.yaml/).waitFor();
    await ghost.getByText('"point":"a.b"').waitFor();
    await rejected().getByRole('article', { name: 'not utf8' }).getByText('//4A').waitFor();
    await picture('devices-wide');
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    await picture('devices-narrow');
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(width).toBeLessThanOrEqual(390);
  });

  it('is quiet on its console and asks no other host', () => {
    expect(misconduct.errors).toEqual([]);
    expect(misconduct.foreign).toEqual([]);
  });

  it('keeps what it shows while the platform is away, and says so', async () => {
    await platform?.kill();
    await page.getByText(/connection lost since/).waitFor();
    await points()
      .getByText(/^Not new\. The platform does not answer/)
      .waitFor();
    expect(await row('kitchen.voltage').count()).toBe(1);
  }, 60_000);
});
