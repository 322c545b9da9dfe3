import { describe, expect, it } from '@jest/globals';
import { epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import type { Pack } from '#libs/games';
import { scenarioFile } from '../scenario.js';
import { tinyFeed, tinyPack, tinyScenario } from '../tiny-day.fixture.js';
import { WorldChanges } from '../world/world-changes.js';
import { overlayFeed, overlayPack } from './apply-overlays.js';
import { checkOverlays } from './check-overlays.js';
import type { Overlay } from './overlay-schema.js';

const start = epochMs(Date.UTC(2026, 0, 5));
const day = { start, end: epochMs(start + 24 * HOUR_MS) };
/** With a final from 18:00 to 20:00. */
const pack: Pack = {
  ...tinyPack,
  sessions: {
    recording: 'week',
    entries: [{ id: 'final', venue: 'hall', name: 'Final', start: '1970-01-05T18:00', end: '1970-01-05T20:00' }],
  },
};
const changesOf = (...overlays: Overlay[]) => new WorldChanges(pack, overlays, day);
const at = (hour: number, minute = 0) => epochMs(start + hour * HOUR_MS + minute * MINUTE_MS);

describe('overlays of what planners know', () => {
  it('change vehicles, limits and batteries, and leave recordings', () => {
    const overlaid = overlayPack(pack, [
      { kind: 'fleet', change: -1 },
      { kind: 'import_limit', venue: 'hall', scale: 0.5 },
      { kind: 'battery', venue: 'field', capacity_kwh: 50, power_kw: 25 },
    ]);
    expect(overlaid.transport.fleet.map(({ count }) => count)).toEqual([2]);
    expect(overlaid.venues.map(({ grid }) => grid.import_limit_kw)).toEqual([12.5, 25]);
    expect(overlaid.venues[1]?.battery).toMatchObject({ capacity_kwh: 50, power_kw: 25 });
    expect(overlaid.recordings).toBe(pack.recordings);
  });

  it('close a line, or stretch its headways', () => {
    expect(overlayFeed(tinyFeed, [{ kind: 'line', line: 'L', closed: true }]).trips.size).toBe(0);
    const stretched = overlayFeed(tinyFeed, [{ kind: 'line', line: 'L', headway_scale: 2 }]);
    expect(stretched.trips.get('l1')?.headways[0]?.headwayS).toBe(1200);
  });
});

describe('overlays of the world', () => {
  it('scale driving on some lines, for a while, and together', () => {
    const changes = changesOf(
      { kind: 'road', lines: ['L'], travel_time_scale: 2, from: '10:00', until: '12:00' },
      { kind: 'weather', travel_time_scale: 1.5 },
    );
    expect([at(9), at(10), at(12)].map((one) => changes.drivingScale('L', one))).toEqual([1.5, 3, 1.5]);
    expect(changes.drivingScale('M', at(10))).toBe(1.5);
  });

  it('take the power of connections whose feeder trips', () => {
    const changes = changesOf({ kind: 'feeder_trip', feeder: 'north', from: '10:00', minutes: 30 });
    const connection = { id: 'hall', feeder: 'north', import_limit_kw: 25, export_limit_kw: 0 };
    const dead = [at(9, 59), at(10), at(10, 29), at(10, 30)].map((one) => changes.isDead(connection, one));
    expect(dead).toEqual([false, true, true, false]);
  });

  it('put an asset out of order for a while', () => {
    const changes = changesOf({ kind: 'asset', venue: 'hall', asset: 'battery', from: '10:00', until: '12:00' });
    expect([at(9, 59), at(10), at(11, 59), at(12)].map((one) => changes.isOut('hall', 'battery', one))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(changes.isOut('field', 'battery', at(10))).toBe(false);
  });

  it('let people of a late session leave later, as many as before', () => {
    const changes = changesOf({ kind: 'session', session: 'final-2026-01-05', late_minutes: 30 });
    // They leave from 19:55 to 21:00 in the recording, one a minute; else nobody does.
    const leaving = (one: number) => (one >= at(19, 55) && one < at(21) ? 1 : 0);
    const delayed = changes.delayed('hall', leaving);
    const minutes = Array.from({ length: 24 * 60 }, (_, minute) => delayed(at(0, minute)));
    expect(minutes.reduce((sum, one) => sum + one, 0)).toBe(65);
    expect([at(20, 24), at(20, 25), at(21, 29), at(21, 30)].map(delayed)).toEqual([0, 1, 1, 0]);
    expect(changes.delayed('field', leaving)(at(20))).toBe(1);
  });

  it('lose the counts of a sensor', () => {
    const changes = changesOf({
      kind: 'sensor',
      venue: 'hall',
      point: 'gates.count_out',
      from: '10:00',
      until: '24:00',
    });
    expect([at(9), at(10), at(23)].map((one) => changes.arrives('hall', 'gates.count_out', one))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('overlays that are wrong', () => {
  it.each<readonly [string, Overlay[], RegExp]>([
    ['a venue that is not there', [{ kind: 'attendance', venue: 'moon', scale: 2 }], /moon.*hall, field/],
    [
      'a session of another day',
      [{ kind: 'session', session: 'final-2026-01-06', late_minutes: 5 }],
      /final-2026-01-05/,
    ],
    ['no vehicle left', [{ kind: 'fleet', change: -3 }], /at least one vehicle/],
    ['an unknown line', [{ kind: 'line', line: 'Z', closed: true }], /one of L/],
    ['a feeder that is not there', [{ kind: 'feeder_trip', feeder: 'west', from: '10:00', minutes: 5 }], /north/],
    [
      'an outage past midnight',
      [{ kind: 'feeder_trip', feeder: 'north', from: '23:30', minutes: 31 }],
      /at most the 30/,
    ],
    ['a window that ends first', [{ kind: 'weather', load_scale: 2, from: '12:00', until: '11:00' }], /after 12:00/],
    ['an unknown counter', [{ kind: 'sensor', venue: 'hall', point: 'x.y' }], /gates.count_out/],
    [
      'two that clash',
      [
        { kind: 'line', line: 'L', closed: true },
        { kind: 'line', line: 'L', headway_scale: 2 },
      ],
      /overlays\[0\] says already/,
    ],
  ])('%s', (_what, overlays, says) => {
    const faults = checkOverlays(pack, tinyFeed, overlays, day);
    expect(faults).toHaveLength(1);
    expect(`${faults[0]?.value} ${faults[0]?.message}`).toMatch(says);
  });

  it.each([
    ['a negative attendance', [{ kind: 'attendance', scale: -1 }]],
    ['a time that is none', [{ kind: 'feeder_trip', feeder: 'north', from: '25:00', minutes: 5 }]],
    ['an unknown kind', [{ kind: 'earthquake' }]],
    ['a fleet without a number', [{ kind: 'fleet' }]],
  ])('%s does not pass the schema', (_what, overlays) => {
    expect(scenarioFile.safeParse({ ...tinyScenario, overlays }).success).toBe(false);
  });

  it('a baseline that is no policy does not pass either', () => {
    const parsed = scenarioFile.safeParse({ ...tinyScenario, baseline: 'nobody' });
    expect(parsed.error?.issues[0]?.message).toMatch(/without_plan, planned/);
  });
});
