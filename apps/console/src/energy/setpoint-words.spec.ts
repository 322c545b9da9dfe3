import { expect, it } from '@jest/globals';
import { curtailsAt, nextWords, switchWords } from './setpoint-words.js';
import type { AssetSteps } from './wire.js';

const noon = Date.UTC(2026, 1, 6, 12);
const minute = (count: number) => noon + count * 60_000;
const names = { site: () => 'Marshall', feeder: () => '', place: () => '' };
const window = { now: minute(5), until: minute(120), zone: 'UTC', names };
const never = () => false;

/** Steps of a quarter of an hour from noon on. */
const asset = (kind: AssetSteps['kind'], name: string, ...kws: readonly number[]): AssetSteps => ({
  site: 'marshall',
  asset: name,
  kind,
  steps: kws.map((kw, at) => ({ from_ms: minute(15 * at), until_ms: minute(15 * at + 15), kw })),
});

it.each([
  [asset('store', 'battery', 40), 'Battery at Marshall charges 40 kW until 12:15.'],
  [
    asset('store', 'battery', 40.2, 38, 0),
    'Battery at Marshall charges 38 to 40 kW until 12:30, then rests until 12:45.',
  ],
  [
    asset('store', 'ice_floor', 0, -8.25),
    'Ice floor at Marshall rests until 12:15, then discharges 8.3 kW until 12:30.',
  ],
  [asset('store', 'battery', 0, 0), 'Battery at Marshall rests until 12:30.'],
  [asset('unit', 'diesel', 0, 120), 'Diesel at Marshall is off until 12:15, then runs at 120 kW until 12:30.'],
  [asset('task', 'snow_making', 0, 60), 'Snow making at Marshall waits until 12:15, then runs at 60 kW until 12:30.'],
  [asset('load', 'kiosks', 25, 0), 'Kiosks at Marshall is served until 12:15, then is shed until 12:30.'],
])('says of %j: %s', (steps, text) => expect(nextWords(steps, never, window)).toBe(text));

it.each([asset('task', 'snow_making', 0, 0), asset('load', 'kiosks', 25, 20), asset('supply', 'pv', 90, 80)])(
  'has nothing to say of %j',
  (steps) => expect(nextWords(steps, never, window)).toBeUndefined(),
);

it('leaves out what is over and what lies past the window', () => {
  const steps = asset('store', 'battery', ...Array.from({ length: 12 }, (_, at) => (at === 0 ? 99 : -20)));
  expect(nextWords(steps, never, { ...window, now: minute(15) })).toBe(
    'Battery at Marshall discharges 20 kW until 14:00.',
  );
});

it('says how much sun may be fed in while some is not used', () => {
  const none = [0, 0];
  const site = {
    ...{ site: 'marshall', load_kw: none, pv_kw: [90, 90], curtailed_kw: [0, 50], import_kw: none, export_kw: none },
    ...{ battery_kw: none, generated_kw: none, unserved_kw: none, import_limit_kw: none, export_limit_kw: none },
    ...{ stores: [], units: [], switches: [] },
  };
  const isCurtailed = curtailsAt(site, { start_ms: noon, slot_ms: 900_000 });
  expect(nextWords(asset('supply', 'pv', 200, 40), isCurtailed, window)).toBe(
    'PV at Marshall feeds in what it has until 12:15, then is held to 40 kW until 12:30.',
  );
});

it('says of a switch when it puts its site on which feeder, and nothing of one that stays', () => {
  const step = (from: number, until: number, feeder: string | null) => ({
    ...{ from_ms: minute(from), until_ms: minute(until) },
    ...{ connection: feeder, feeder },
  });
  const words = (...steps: readonly ReturnType<typeof step>[]) =>
    switchWords('marshall', { switch: 'transfer', steps }, { ...window, names: { ...names, feeder: (id) => id } });
  expect(words(step(0, 30, 'south'), step(30, 90, 'north'), step(90, 120, 'south'))).toBe(
    'Transfer at Marshall puts it on north from 12:30 until 13:30, then on south.',
  );
  expect(words(step(0, 30, 'south'), step(30, 120, null))).toBe(
    'Transfer at Marshall puts it on no feeder from 12:30.',
  );
  expect(words(step(0, 120, 'south'))).toBeUndefined();
  expect(words(step(-30, 0, 'north'), step(0, 120, 'south'))).toBeUndefined();
});
