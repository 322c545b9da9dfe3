import { describe, expect, it } from '@jest/globals';
import { LegTimes } from './leg-times.js';

const leg = { from: 'a', to: 'b', hour: 8, prior_s: 100 };

describe('LegTimes', () => {
  it('knows the timetable before anything else', () => {
    expect(new LegTimes().estimateRun(leg)).toEqual({ seconds: 100, sd_s: 15 });
  });

  it('moves to what is seen, the more often the nearer', () => {
    const times = new LegTimes();
    times.observeRun(leg, 140);
    const once = times.estimateRun(leg).seconds;
    for (let more = 0; more < 30; more += 1) times.observeRun(leg, 140);
    const often = times.estimateRun(leg).seconds;
    expect(once).toBeGreaterThan(100);
    expect(once).toBeLessThan(125);
    expect(often).toBeGreaterThan(137);
    expect(often).toBeLessThanOrEqual(140);
  });

  it('lends an hour what was seen at others, and a leg what was seen of all', () => {
    const times = new LegTimes();
    for (let more = 0; more < 30; more += 1) times.observeRun(leg, 140);
    const elsewhen = times.estimateRun({ ...leg, hour: 17 }).seconds;
    const elsewhere = times.estimateRun({ ...leg, to: 'c' }).seconds;
    expect(elsewhen).toBeGreaterThan(130);
    expect(elsewhere).toBeGreaterThan(105);
    expect(elsewhere).toBeLessThan(elsewhen);
  });

  it('is not carried off by one outlier', () => {
    const times = new LegTimes();
    for (let more = 0; more < 30; more += 1) times.observeRun(leg, 100 + (more % 2));
    times.observeRun(leg, 400);
    expect(times.estimateRun(leg).seconds).toBeLessThan(103);
    times.observeRun(leg, 2_000);
    times.observeRun(leg, -5);
    expect(times.estimateRun(leg).seconds).toBeLessThan(103);
  });

  it('knows how long vehicles stand at a stop', () => {
    const times = new LegTimes();
    for (let more = 0; more < 30; more += 1) times.observeDwell({ stop: 'a', hour: 8, prior_s: 15 }, 30);
    expect(times.estimateDwell({ stop: 'a', hour: 8, prior_s: 15 }).seconds).toBeCloseTo(29.5, 0);
  });

  it('goes on after a restart, with at most 50,000 cells', () => {
    const times = new LegTimes();
    for (let number = 0; number < 26_000; number += 1) times.observeRun({ ...leg, to: `s${number}` }, 120);
    expect(times.document).toHaveLength(50_000);
    const again = new LegTimes(times.document);
    const recent = { ...leg, to: 's25999' };
    expect(again.estimateRun(recent).seconds).toBeCloseTo(times.estimateRun(recent).seconds, 2);
  });
});
