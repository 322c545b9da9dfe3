import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { addedDepartures, effectiveDepartures, type FleetRules, type PlannedDeparture } from './departures.js';
import type { OverrideRule } from './override.js';

const at = (minutes: number) => epochMs(minutes * MINUTE_MS);
const cycleMs = 30 * MINUTE_MS;
/** A loop from the mall, and a shuttle from there to the rink and none back; ten minutes empty between the two. */
const fleet: FleetRules = {
  startMs: at(0),
  slotMs: 5 * MINUTE_MS,
  vehicles: new Map(['bus-1', 'bus-2'].map((name) => [name, { place: 'mall', readyMs: at(-60) }])),
  patterns: new Map([
    ['loop', { line: 'A', from_place: 'mall', to_place: 'mall', busyMs: cycleMs }],
    ['out', { line: 'B', from_place: 'mall', to_place: 'rink', busyMs: 15 * MINUTE_MS }],
  ]),
  main: new Map([['A', 'loop'], ['B', 'out']]), // prettier-ignore
  emptyMs: () => 10 * MINUTE_MS,
};
const departure = (minutes: number, vehicle: string): PlannedDeparture => ({
  line: 'A',
  pattern: 'loop',
  departs_ms: at(minutes),
  vehicle,
});
const word = (action: 'add' | 'cancel', minutes: number, from = 0): OverrideRule => ({
  id: `${action}-${minutes}`,
  kind: 'departure',
  target: { line: 'A', departs_ms: at(minutes), action },
  from: at(from),
  until: at(600),
  ended: null,
});
const brief = (departures: readonly PlannedDeparture[]) =>
  departures.map((d) => `${d.departs_ms / MINUTE_MS} ${d.vehicle}`);

describe('effectiveDepartures', () => {
  it('keeps the plan where nobody objects, and drops what has left', () => {
    const { departures } = effectiveDepartures([departure(0, 'bus-1'), departure(10, 'bus-2')], [], [], fleet, at(0));
    expect(brief(departures)).toEqual(['10 bus-2']);
  });

  it('takes out a cancelled departure', () => {
    const { departures } = effectiveDepartures([departure(10, 'bus-1')], [word('cancel', 10)], [], fleet, at(0));
    expect(departures).toEqual([]);
  });

  it('adds a departure with a free vehicle, once', () => {
    const plan = [departure(10, 'bus-1')];
    const first = effectiveDepartures(plan, [word('add', 20)], [], fleet, at(0)).departures;
    expect(brief(first)).toEqual(['10 bus-1', '20 bus-2']);
    expect(effectiveDepartures(first, [word('add', 20)], [], fleet, at(0)).departures).toEqual(first);
  });

  it('says why an added departure cannot be made', () => {
    const plan = [departure(10, 'bus-1'), departure(12, 'bus-2')];
    expect(effectiveDepartures(plan, [word('add', 20)], [], fleet, at(0)).dropped).toEqual([
      { line: 'A', departs_ms: at(20), reason: 'None of 2 vehicles can be at its first stop then.' },
    ]);
    expect(effectiveDepartures(plan, [word('add', 21)], [], fleet, at(0)).dropped[0]?.reason).toBe(
      'None of 2 vehicles can be at its first stop then. The plan makes room for departures every 5 minutes from the full hour.',
    );
    const ghost: OverrideRule = { ...word('add', 20), target: { line: 'Z', departs_ms: at(20), action: 'add' } };
    expect(effectiveDepartures([], [ghost], [], fleet, at(0)).dropped[0]?.reason).toBe('Line Z is unknown.');
  });

  it('lets the later word on a departure win', () => {
    const words = [word('cancel', 20, 5), word('add', 20, 1)];
    expect(effectiveDepartures([], words, [], fleet, at(6)).departures).toEqual([]);
  });

  it('gives another vehicle to a departure whose own is still under way', () => {
    const { departures } = effectiveDepartures([departure(10, 'bus-1')], [], [departure(-5, 'bus-1')], fleet, at(0));
    expect(brief(departures)).toEqual(['10 bus-2']);
  });

  it('lets a vehicle come back empty from where its last trip ended', () => {
    const one: FleetRules = { ...fleet, vehicles: new Map([['bus-1', { place: 'mall', readyMs: at(0) }]]) };
    const out = (minutes: number) => ({ ...departure(minutes, 'bus-1'), line: 'B', pattern: 'out' });
    expect(effectiveDepartures([out(10), out(35)], [], [], one, at(0)).dropped).toEqual([]);
    expect(effectiveDepartures([out(10), out(34)], [], [], one, at(0)).dropped).toHaveLength(1);
  });

  it('leaves what the plan could not change any more to its vehicle, wherever that will be afterwards', () => {
    const gone: FleetRules = {
      ...fleet,
      startMs: at(15),
      vehicles: new Map([['bus-1', { place: 'rink', readyMs: at(25) }]]),
    };
    const out = { ...departure(10, 'bus-1'), line: 'B', pattern: 'out' };
    expect(brief(effectiveDepartures([out], [], [], gone, at(0)).departures)).toEqual(['10 bus-1']);
    expect(effectiveDepartures([out], [], [{ ...out, departs_ms: at(-1) }], gone, at(0)).departures).toEqual([]);
  });

  it('gives the departures of a vehicle that people took out of service to others, at once', () => {
    const out: OverrideRule = {
      id: 'out-1',
      kind: 'vehicle',
      target: { vehicle: 'bus-1' },
      from: at(0),
      until: at(600),
      ended: null,
    };
    const soon = { ...fleet, startMs: at(15) };
    const plan = [departure(10, 'bus-1'), departure(40, 'bus-1')];
    expect(brief(effectiveDepartures(plan, [out], [], soon, at(0)).departures)).toEqual(['10 bus-2', '40 bus-2']);
    expect(brief(effectiveDepartures(plan, [{ ...out, ended: at(0) }], [], soon, at(0)).departures)).toEqual([
      '10 bus-1',
      '40 bus-1',
    ]);
  });

  it('asks what people say now also of what should have left since the last look', () => {
    const plan = [departure(10, 'bus-1')];
    expect(effectiveDepartures(plan, [word('cancel', 10, 9)], [], fleet, at(11), at(5)).departures).toEqual([]);
    expect(brief(effectiveDepartures(plan, [], [], fleet, at(11), at(5)).departures)).toEqual(['10 bus-1']);
  });

  it("ends with the driver's hours", () => {
    const short = { place: 'mall', readyMs: at(0), untilMs: at(40) };
    const one: FleetRules = { ...fleet, vehicles: new Map([['bus-1', short]]) };
    expect(effectiveDepartures([departure(10, 'bus-1')], [], [], one, at(0)).dropped).toEqual([]);
    expect(effectiveDepartures([departure(11, 'bus-1')], [], [], one, at(0)).dropped).toHaveLength(1);
  });

  it('never has a vehicle in two places, whatever the plan and the people say', () => {
    const minute = fc.integer({ min: -30, max: 120 });
    const planned = fc.record({ minute, vehicle: fc.constantFrom('bus-1', 'bus-2', 'bus-9') });
    const said = fc.record({ minute, action: fc.constantFrom<'add' | 'cancel'>('add', 'cancel') });
    fc.assert(
      fc.property(fc.array(planned), fc.array(said), fc.option(minute, { nil: undefined }), (plan, people, gone) => {
        const underWay = gone === undefined ? [] : [departure(Math.min(gone, 0), 'bus-1')];
        const { departures } = effectiveDepartures(
          plan.map((d) => departure(d.minute, d.vehicle)),
          people.map((w) => word(w.action, w.minute, -60)),
          underWay,
          fleet,
          at(0),
        );
        for (const vehicle of fleet.vehicles.keys()) {
          const times = [...underWay, ...departures].filter((d) => d.vehicle === vehicle).map((d) => d.departs_ms);
          times.forEach((time, index) => {
            const next = times[index + 1];
            expect(next === undefined || next - time >= cycleMs).toBe(true);
          });
        }
        expect(departures.every((d) => fleet.vehicles.has(d.vehicle))).toBe(true);
      }),
    );
  });
});

describe('addedDepartures', () => {
  it('are those that the plan does not know, whoever makes them', () => {
    const plan = [departure(10, 'bus-1'), departure(30, 'bus-1')];
    const real = [departure(10, 'bus-2'), departure(20, 'bus-1'), { ...departure(30, 'bus-2'), line: 'B' }];
    expect(addedDepartures(plan, real)).toEqual([real[1], real[2]]);
  });
});
