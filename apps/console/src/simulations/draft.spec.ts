import { expect, it } from '@jest/globals';
import { draftOf, emptyDraft, newOverlay, requestOf } from './draft.js';
import { OVERLAY_KINDS } from './overlay-fields.js';
import type { Scenario } from './wire.js';

const scenario: Scenario = {
  title: 'Everything',
  day: '2026-11-24',
  seed: 3,
  replications: 4,
  mismatch: 0.5,
  overlays: [
    { kind: 'attendance', scale: 2 },
    { kind: 'session', session: 'final-2026-11-24', late_minutes: 45 },
    { kind: 'fleet', change: -6 },
    { kind: 'line', line: 'A', closed: true },
    { kind: 'line', line: 'B', headway_scale: 2 },
    { kind: 'road', lines: ['A', 'B'], travel_time_scale: 1.5, from: '08:00', until: '24:00' },
    { kind: 'weather', sun_scale: 0 },
    { kind: 'feeder_trip', feeder: 'south', from: '15:30', minutes: 60 },
    { kind: 'asset', venue: 'hall', asset: 'genset', until: '12:00' },
    { kind: 'import_limit', venue: 'hall', scale: 0.8 },
    { kind: 'battery', venue: 'hall', capacity_kwh: 400, power_kw: 100 },
    { kind: 'tariff', price_scale: 2 },
    { kind: 'sensor', venue: 'hall', point: 'gates.count_out', from: '12:00' },
  ],
  policies: { rule: { dispatch: 'timetable', energy: 'rule' }, planned: { dispatch: 'dispatch', energy: 'planned' } },
  baseline: 'planned',
  cadence: { energy_minutes: 15, dispatch_minutes: 30 },
  effort: { moves: 500 },
};

it('sends a scenario as it was read, with every kind of overlay', () => {
  expect(requestOf(draftOf(scenario))).toEqual(scenario);
  expect(new Set(scenario.overlays.map(({ kind }) => kind))).toEqual(new Set(OVERLAY_KINDS.map(({ kind }) => kind)));
});

it('asks for a past day as it was measured', () => {
  expect(requestOf(draftOf(scenario, true))).toEqual({ ...scenario, replay: true });
});

it('begins with two policies and nothing otherwise', () => {
  expect(requestOf(emptyDraft('2026-11-24'))).toMatchObject({
    title: '',
    overlays: [],
    baseline: 'without_plan',
    policies: { without_plan: { energy: 'idle' }, planned: { energy: 'planned' } },
  });
});

it('leaves out what is not said, and sends what is no number as it is', () => {
  const draft = emptyDraft('2026-11-24');
  const fleet = newOverlay('fleet');
  const overlays = [newOverlay('attendance'), { ...fleet, fields: { ...fleet.fields, how: 'count' } }];
  expect(requestOf({ ...draft, seed: '1o', overlays })).toMatchObject({
    seed: '1o',
    overlays: [{ kind: 'attendance', scale: 2 }, { kind: 'fleet' }],
  });
});
