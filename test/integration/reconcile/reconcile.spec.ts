import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Reconciliation } from '#libs/energy';
import { loadPack } from '#libs/games';
import { epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import type { ReadingRow } from '#libs/store';
import { QUALITY } from '#libs/telemetry';

import { runVenueflow } from '../../../apps/cli/src/recorded-output.fixture.js';
import { openTestDatabase, type TestDatabase } from '../database.js';

const QUARTER_MS = 15 * MINUTE_MS;
/** Midnight in New York before a Sunday of 25 hours, and after the Tuesday behind it. */
const START = Date.UTC(2026, 10, 1, 4);
const END = Date.UTC(2026, 10, 4, 5);
/** Event time, when every reading is long past: what is missing since then is missing. */
const NOW = END + 7 * HOUR_MS;
const at = (day: number, hour: number) => Date.UTC(2026, 10, day, hour + 5);

const GAP = { start: at(2, 10), end: at(2, 11) };
const KITCHEN_OUT = { start: at(2, 12), end: at(2, 15) };
const STUCK = { start: at(3, 8), end: at(3, 18) };
/** Nobody reads engineering's switch on the first day; then it stands on the south feeder, and from here on the north one. */
const READ = at(2, 0);
const MOVED = at(3, 6);
const isIn = ({ start, end }: { start: number; end: number }, ts: number) => ts >= start && ts < end;

const wave = (ts: number, mean: number, swing: number, hours: number) =>
  mean + swing * Math.sin((2 * Math.PI * (ts - START)) / (hours * HOUR_MS));
const marshallKw = (ts: number) => wave(ts, 150, 60, 24);
const libraryKw = (ts: number) => wave(ts, 120, 40, 15);
const engineeringKw = (ts: number) => wave(ts, 60, 20, 11);
/** Charges at night, gives by day. */
const batteryKw = (ts: number) => ((ts - START) % (24 * HOUR_MS) < 8 * HOUR_MS ? 20 : -10);
const KITCHEN_KW = 12;

/** The campus with readings every quarter hour, a main meter on the north feeder, and a kitchen with a counter of its own. */
const writePack = (folder: string): void => {
  cpSync('config/campus-replay', folder, { recursive: true });
  const change = (file: string, changes: readonly (readonly [string, string])[]) => {
    let text = readFileSync(join(folder, file), 'utf8');
    for (const [from, to] of changes) {
      expect(text).toContain(from);
      text = text.replaceAll(from, to);
    }
    writeFileSync(join(folder, file), text);
  };
  const venues = join(folder, 'venues.yaml');
  // Its own parts of the load, and no other machines.
  writeFileSync(
    venues,
    readFileSync(venues, 'utf8').replaceAll(/^ {4}(?:loads|generators|thermal\w*|tasks):\n(?: {6,}.*\n)+/gm, ''),
  );
  change('venues.yaml', [
    ['limit_kw: 440,', 'limit_kw: 440, meter: { venue: library, point: head.active_power },'],
    [
      "stop: '401'",
      "stop: '401'\n    customer: University\n    loads: [{ id: kitchen, tier: normal, point: kitchen.active_power, customer: Caterer }]",
    ],
  ]);
  change('devices.yaml', [['interval_s: 60', 'interval_s: 900']]);
  const point = (id: string, kind: string, unit: string, from: string) =>
    `      - { id: ${id}, kind: ${kind}, unit: ${unit}, min: 0, max: 100000, interval_s: 900, from: ${from} }\n`;
  writeFileSync(
    join(folder, 'devices.yaml'),
    `${readFileSync(join(folder, 'devices.yaml'), 'utf8')}
devices:
  - id: kitchen
    venue: marshall
    profile: tasmota
    topic: tele/kitchen/SENSOR
    points:
${point('kitchen.active_power', 'sub_power', 'kW', 'ENERGY.Power')}${point('kitchen.energy', 'energy_counter', 'kWh', 'ENERGY.Total')}
  - id: head
    venue: library
    profile: tasmota
    topic: tele/head/SENSOR
    points:
${point('head.active_power', 'sensor', 'kW', 'ENERGY.Power')}`,
  );
};

/** What each meter of the north feeder shows; nothing in its gap. */
const shown: Readonly<Record<string, (ts: number) => number | undefined>> = {
  'marshall/load.active_power': (ts) => (isIn(STUCK, ts) ? 199 : marshallKw(ts)),
  'marshall/pv.active_power': () => 0,
  'marshall/battery.active_power': batteryKw,
  'marshall/battery.state_of_charge': (ts) => (ts < END - QUARTER_MS ? 0.5 : 0.6),
  'marshall/main.active_power': (ts) => marshallKw(ts) + batteryKw(ts),
  'marshall/kitchen.active_power': (ts) => (isIn(KITCHEN_OUT, ts) ? undefined : KITCHEN_KW),
  // It ran at twice the power while nobody heard it.
  'marshall/kitchen.energy': (ts) => {
    if (isIn(KITCHEN_OUT, ts)) return undefined;
    const hours = (ts + QUARTER_MS - START) / HOUR_MS + (ts >= KITCHEN_OUT.end ? 3 : 0);
    return 500 + KITCHEN_KW * hours;
  },
  'library/load.active_power': (ts) => (isIn(GAP, ts) ? undefined : libraryKw(ts)),
  'library/pv.active_power': () => 0,
  'library/battery.active_power': () => 0,
  'library/main.active_power': libraryKw,
  'engineering/load.active_power': engineeringKw,
  'engineering/pv.active_power': () => 0,
  'engineering/battery.active_power': () => 0,
  'engineering/main.active_power': engineeringKw,
  'engineering/transfer.position': (ts) => (ts < READ ? undefined : ts < MOVED ? 1 : 2),
  'library/head.active_power': (ts) =>
    (marshallKw(ts) + batteryKw(ts) + libraryKw(ts) + (ts < MOVED ? 0 : engineeringKw(ts))) / 0.99,
};

describe('venueflow reconcile', () => {
  let database: TestDatabase;
  let folder: string;
  let games: string;

  const run = (...words: readonly string[]) => runVenueflow('reconcile', '--games', games, ...words);
  const reconcileDays = async (...words: readonly string[]) => {
    const days = ['--from', '2026-11-01', '--to', '2026-11-03'];
    const said = await run('--database-url', database.url, ...days, '--json', ...words);
    expect(said).toMatchObject({ err: '', failed: false, error: undefined });
    return JSON.parse(said.out) as Reconciliation & { readonly ok: boolean; readonly until_ms: number };
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'venueflow-reconcile-'));
    games = join(folder, 'pack');
    writePack(games);
    database = await openTestDatabase();
    const pack = await loadPack(games);
    if (!pack.ok) throw new Error(JSON.stringify(pack.error));
    const points = await database.store.registerPack(pack.value);
    const rows: ReadingRow[] = [];
    for (let ts = START; ts < END; ts += QUARTER_MS) {
      for (const { id, venue, point } of points) {
        const value = shown[`${venue}/${point}`]?.(ts);
        if (value !== undefined) rows.push({ pointId: id, ts: epochMs(ts), value, quality: QUALITY.good });
      }
    }
    await database.store.readings.importHistory(rows);
    await database.store.operations.saveClock(epochMs(NOW));
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  it('sets a feeder’s main meter against its sites’, on a day of 25 hours too', async () => {
    const { balances } = await reconcileDays('--feeder', 'north');
    const feeder = balances.filter(({ level }) => level === 'feeder');
    expect(feeder.map(({ day, main, state }) => [day, main.measured, state])).toEqual([
      ['2026-11-01', 100, 'within_tolerance'],
      ['2026-11-02', 96, 'within_tolerance'],
      ['2026-11-03', 96, 'within_tolerance'],
    ]);
    for (const { main, residual_kwh, explained, unexplained_kwh } of feeder) {
      expect(residual_kwh / main.kwh).toBeCloseTo(0.01);
      expect(explained.losses_kwh).toBeCloseTo(residual_kwh);
      expect(unexplained_kwh).toBeCloseTo(0);
    }
  });

  it('marks what it estimates in the gap, and finds the meter that stands still', async () => {
    const { balances } = await reconcileDays('--feeder', 'north');
    const states = balances.filter(({ level }) => level === 'site').map(({ day, id, state }) => [day, id, state]);
    expect(states).toEqual([
      ['2026-11-01', 'marshall', 'within_tolerance'],
      ['2026-11-01', 'library', 'within_tolerance'],
      ['2026-11-01', 'engineering', 'within_tolerance'],
      ['2026-11-02', 'marshall', 'within_tolerance'],
      ['2026-11-02', 'library', 'within_tolerance'],
      ['2026-11-02', 'engineering', 'within_tolerance'],
      ['2026-11-03', 'marshall', 'explained'],
      ['2026-11-03', 'library', 'within_tolerance'],
      ['2026-11-03', 'engineering', 'within_tolerance'],
    ]);
    const gap = balances.find(({ id, day }) => id === 'library' && day === '2026-11-02');
    const load = gap?.parts.find(({ meter }) => meter === 'library/load.active_power');
    expect(load).toMatchObject({ measured: 92, estimated: 4, missing: 0 });
    expect(load?.estimates).toMatchObject([{ from_ms: GAP.start, until_ms: GAP.end, origin: 'interpolated' }]);
    expect(balances.find(({ state }) => state === 'explained')?.cause).toEqual({
      meter: 'marshall/load.active_power',
      kind: 'stands_still',
      from_ms: STUCK.start,
      until_ms: STUCK.end,
      kw: 199,
    });
  });

  it('settles by customer, and by its counter what a meter did not say', async () => {
    const { settlement } = await reconcileDays('--feeder', 'north');
    expect(settlement.customers.map(({ customer }) => customer)).toEqual([
      'Caterer',
      'engineering',
      'library',
      'University',
    ]);
    const [caterer] = settlement.customers;
    // 73 hours, three of them at twice the power; the counter was not read before the first quarter hour.
    expect(caterer?.kwh).toBeCloseTo(KITCHEN_KW * 76);
    expect(caterer?.estimated_kwh).toBeCloseTo(2 * KITCHEN_KW * 3);
    expect(caterer?.bands.reduce((sum, { cost }) => sum + cost, 0)).toBeCloseTo(caterer?.cost ?? NaN);
    expect(settlement.unassigned_kwh).toBe(0);
  });

  it('says what the battery was worth: without it the import would have been that of the load', async () => {
    const { counterfactual } = await reconcileDays('--feeder', 'north');
    expect(counterfactual.map(({ day, feeder, counted, missing }) => [day, feeder, counted, missing])).toEqual([
      ['2026-11-01', 'north', 200, 0],
      ['2026-11-02', 'north', 192, 0],
      ['2026-11-03', 'north', 264, 0],
    ]);
    const quarters = Array.from({ length: 100 }, (_, slot) => START + slot * QUARTER_MS);
    const peakOf = (kw: (ts: number) => number) => Math.max(...quarters.map(kw));
    const [first] = counterfactual;
    expect(first?.without_plan.peak_kw).toBeCloseTo(peakOf((ts) => marshallKw(ts) + libraryKw(ts)));
    expect(first?.with_plan.peak_kw).toBeCloseTo(peakOf((ts) => marshallKw(ts) + libraryKw(ts) + batteryKw(ts)));
    expect(first?.benefit.total).toBeCloseTo((first?.without_plan.total ?? 0) - (first?.with_plan.total ?? NaN));
    expect(counterfactual.map(({ stored_kwh }) => Math.round(stored_kwh))).toEqual([0, 0, 28]);
  });

  it('counts a site for the feeder on which its switch stood, and says what nobody read', async () => {
    const sumOf = (from: number, until: number) => {
      let kwh = 0;
      for (let ts = from; ts < until; ts += QUARTER_MS) kwh += engineeringKw(ts) / 4;
      return kwh;
    };
    const north = await reconcileDays('--feeder', 'north');
    const main = north.balances
      .filter(({ level }) => level === 'feeder')
      .map(({ parts }) => parts.find(({ meter }) => meter.startsWith('engineering')));
    expect(main.map((part) => part?.measured)).toEqual([undefined, undefined, 72]);
    expect(main[2]?.kwh).toBeCloseTo(sumOf(MOVED, END));
    expect(north.settlement.customers.find(({ customer }) => customer === 'engineering')?.kwh).toBeCloseTo(
      sumOf(MOVED, END),
    );
    const { balances, counterfactual, by_default, settlement } = await reconcileDays();
    const stood = balances.filter(({ level, id }) => level === 'site' && id === 'engineering');
    expect(stood.map(({ feeder }) => feeder)).toEqual(['south', 'south', 'north']);
    expect(counterfactual.filter(({ feeder }) => feeder === 'south').map(({ counted }) => counted)).toEqual([
      100, 96, 24,
    ]);
    expect(settlement.customers.find(({ customer }) => customer === 'engineering')?.kwh).toBeCloseTo(sumOf(START, END));
    expect(by_default).toEqual([
      { day: '2026-11-01', site: 'engineering', quarter_hours: 100, kwh: expect.closeTo(sumOf(START, READ)) },
    ]);
    const { out } = await run('--database-url', database.url, '--from', '2026-11-01', '--to', '2026-11-03');
    expect(out).toMatch(
      /^Nobody read where engineering stood for 100 quarter hours: [\d.]+ kWh are counted on its first connection\.$/m,
    );
  });

  it('does not compare what has no readings, and says it in a table', async () => {
    const { out, failed } = await run('--database-url', database.url, '--from', '2026-11-03', '--to', '2026-11-03');
    expect(failed).toBe(false);
    expect(out).toMatch(/south +sun_dome\/main\.active_power .*not compared/);
    expect(out).toMatch(
      /marshall\/load\.active_power stands still at 199\.0 kW from 2026-11-03T08:00 to 2026-11-03T18:00/,
    );
    expect(out).toContain('0 alarms.');
    expect(out).not.toContain('NaN');
  });

  it('reads the database of a running home, up to the last quarter hour of the day under way', async () => {
    const before = process.env['DATABASE_URL'];
    delete process.env['DATABASE_URL'];
    try {
      const missing = await run('--home', folder);
      expect(missing).toMatchObject({ out: '', failed: true });
      expect(missing.err).toContain('Perhaps start it with npm start');
      writeFileSync(join(folder, 'database-url'), `${database.url}\n`);
      const { out } = await run('--home', folder, '--json');
      expect(JSON.parse(out)).toMatchObject({ ok: true, from: '2026-10-29', to: '2026-11-04', until_ms: NOW });
    } finally {
      if (before !== undefined) process.env['DATABASE_URL'] = before;
    }
  });

  it.each([
    [['--feeder', 'west'], 'The pack has no feeder west; it has substation, north, south.'],
    [['--from', '2026-11-31'], '--from is 2026-11-31; it must be a civil date'],
    [['--from', '2026-11-03', '--to', '2026-11-01'], 'is after --to 2026-11-01'],
    [['--from', '2026-12-24', '--to', '2026-12-24'], 'no quarter hour is over yet: the event is at 2026-11-04'],
    [['--database-url', 'localhost'], 'must be given as a URL'],
  ])('with %j says why not', async (words, reason) => {
    const named = words.includes('--database-url') ? [] : ['--database-url', database.url];
    const said = await run(...named, ...words);
    expect(said).toMatchObject({ out: '', failed: true });
    expect(said.err).toContain(reason);
    expect(JSON.parse((await run(...named, ...words, '--json')).out)).toMatchObject({ ok: false });
  });
});
