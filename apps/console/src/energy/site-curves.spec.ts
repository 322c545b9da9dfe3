import { describe, expect, it } from '@jest/globals';
import { siteCurves, timelineOf } from './site-curves.js';
import type { Energy, SitePlan } from './wire.js';

const measured = {
  ...{ site: 'a', load_kw: [9], pv_kw: [], grid_kw: [9], battery_kw: [], soc_ratio: [] },
  ...{ stores: [], units: [] },
};
const plan: SitePlan = {
  ...{ site: 'a', load_kw: [9, 9], pv_kw: [5, 5], curtailed_kw: [0, 2], import_kw: [4, 0], export_kw: [0, 3] },
  ...{ battery_kw: [0, 0], generated_kw: [0, 0], unserved_kw: [0, 0] },
  ...{ import_limit_kw: [10, 10], export_limit_kw: [5, 5], stores: [], units: [], switches: [] },
};
const names = (...args: Parameters<typeof siteCurves>) => siteCurves(...args).map(({ name }) => name);

describe('siteCurves', () => {
  it('leaves out what a site does not have', () => {
    expect(names(undefined, measured, undefined)).toEqual(['Load', 'Import']);
    expect(names(undefined, measured, plan)).toEqual(['Load', 'Sun', 'Import']);
  });

  it('shows what is measured, though it stands still and no plan knows of it', () => {
    const still = { ...measured, pv_kw: [0], battery_kw: [0], soc_ratio: [0.5] };
    expect(names(undefined, still, undefined)).toEqual(['Load', 'Sun', 'Import', 'Battery', 'Charge']);
  });

  it('shows generators, what is not served, and every store', () => {
    const stores = [
      { store: 'battery', soc_ratio: [0.5, 0.6] },
      { store: 'ice_floor', soc_ratio: [1, 0.9] },
    ];
    const units = [
      { unit: 'genset', level_kw: [0, 30] },
      { unit: 'spare', level_kw: [0, 0] },
    ];
    const full = { ...plan, units, unserved_kw: [2, 0], stores };
    const known = {
      ...{ ...measured, soc_ratio: [0.4], stores: [{ store: 'ice_floor', soc_ratio: [0.7] }] },
      units: [
        { unit: 'genset', level_kw: [12] },
        { unit: 'spare', level_kw: [0] },
      ],
    };
    expect(names(undefined, known, full)).toEqual([
      ...['Load', 'Not served', 'Sun', 'Genset', 'Import', 'Battery', 'Charge', 'Ice floor'],
    ]);
    const past = siteCurves(undefined, known, full).map((curve) => [curve.name, curve.past]);
    expect(Object.fromEntries(past)).toMatchObject({ Genset: [12], Charge: [0.4], 'Ice floor': [0.7] });
  });

  it('counts what is exported as negative, and sun without what is not used', () => {
    const [, sun, grid] = siteCurves(undefined, measured, plan);
    expect([sun?.planned, grid?.planned]).toEqual([
      [5, 3],
      [4, -3],
    ]);
  });
});

describe('timelineOf', () => {
  const energy: Energy = { at_ms: 0, plan: null, measured: { from_ms: 100, step_ms: 10, sites: [], feeders: [] } };
  const planned = {
    ...{ seq: 1, created_ms: 0, valid_until_ms: 0, currency: 'USD', start_ms: 200, slot_ms: 10, sites: [plan] },
    ...{ feeders: [], violations: [], violations_total: 0, shadow_prices: [], next: [], carbon_kg: 0 },
    cost: { energy: 0, capacity: 0, carbon: 0, wear: 0, generation: 0, shedding: 0, total: 0, without_plan: 0 },
  };

  it('ends with the plan, or right after now when that has run out or is not there', () => {
    expect(timelineOf(energy, 200)).toMatchObject({ from: 100, to: 210, planned: undefined });
    expect(timelineOf({ ...energy, plan: planned }, 200)).toMatchObject({ from: 100, to: 220 });
    expect(timelineOf({ ...energy, plan: planned }, 300)).toMatchObject({ to: 310 });
  });
});
