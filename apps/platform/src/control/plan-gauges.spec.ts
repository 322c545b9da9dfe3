import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { Metrics } from '#libs/observability';
import { forgetLeaderGauges, reportGap, reportPlanAges } from './plan-gauges.js';

const energy = { kind: 'energy', created: epochMs(0) } as const;
const dispatch = { kind: 'dispatch', created: epochMs(30_000) } as const;

describe('gauges of plans', () => {
  it('show the gap of the last plan, and none when it has none', async () => {
    const metrics = new Metrics();
    reportGap(metrics, 'energy', 0.02);
    reportGap(metrics, 'dispatch', 0.04);
    reportGap(metrics, 'energy', null);
    expect(await metrics.text()).toContain('venueflow_solve_gap_ratio{kind="dispatch"} 0.04');
    expect(await metrics.text()).not.toContain('venueflow_solve_gap_ratio{kind="energy"}');
    reportGap(metrics, 'energy', 0.01);
    expect(await metrics.text()).toContain('venueflow_solve_gap_ratio{kind="energy"} 0.01');
  });

  it('show the age of what is active, and nothing once another process leads', async () => {
    const metrics = new Metrics();
    reportPlanAges(metrics, [energy, dispatch], epochMs(60_000));
    expect(await metrics.text()).toContain('venueflow_plan_age_seconds{kind="energy"} 60');
    reportPlanAges(metrics, [undefined, dispatch], epochMs(60_000));
    expect(await metrics.text()).not.toContain('venueflow_plan_age_seconds{kind="energy"}');
    expect(await metrics.text()).toContain('venueflow_plan_age_seconds{kind="dispatch"} 30');
    metrics.sitePower.set({ venue: 'hall', direction: 'load' }, 1);
    forgetLeaderGauges(metrics);
    expect(await metrics.text()).not.toMatch(/^venueflow_(plan_age_seconds|site_power_watts)\{/m);
  });
});
