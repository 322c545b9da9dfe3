import { Inject, Injectable } from '@nestjs/common';
import { ENERGY_SLOT_MS } from '#libs/energy';
import { type EpochMs, epochMs, floorTo, HOUR_MS } from '#libs/kernel';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { BrokerWatch } from '../../health/broker-watch.js';
import { PointDirectory } from '../live/point-directory.js';
import type { EnergyDocument, EnergyPlanDocument, MeasuredSite } from './energy.schema.js';
import { alignMeans, feederMeans, MEASURED, type Window } from './measured-energy.js';
import { planDocument } from './plan-document.js';

const PAST_MS = 12 * HOUR_MS;

/** Reads plan and measurements of energy from the store. A plan is read again only when another one is active. */
@Injectable()
export class EnergyReader {
  private shown: EnergyPlanDocument | undefined;
  private pending: Promise<EnergyDocument> | undefined;

  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly broker: BrokerWatch,
    private readonly directory: PointDirectory,
  ) {}

  /** Pages that ask at the same time get the same answer. */
  read(): Promise<EnergyDocument> {
    this.pending ??= this.make().finally(() => {
      this.pending = undefined;
    });
    return this.pending;
  }

  private async make(): Promise<EnergyDocument> {
    const now = this.broker.eventNow();
    const [plan, { window, sites }] = await Promise.all([this.readPlan(), this.readMeasured(now)]);
    return {
      at_ms: now,
      plan: plan ?? null,
      measured: {
        from_ms: window.from,
        step_ms: window.stepMs,
        sites,
        feeders: feederMeans(this.context.pack, sites, window),
      },
    };
  }

  private async readPlan(): Promise<EnergyPlanDocument | undefined> {
    const { plans } = this.context.store;
    const [active] = await plans.list({ kind: 'energy', state: 'active', limit: 1 });
    if (active?.id !== this.shown?.id) {
      const plan = active && (await plans.find(active.id));
      this.shown = plan && planDocument(plan);
    }
    return this.shown;
  }

  private async readMeasured(now: EpochMs): Promise<{ readonly window: Window; readonly sites: MeasuredSite[] }> {
    const { readings } = this.context.store;
    const to = floorTo(now, ENERGY_SLOT_MS);
    const window = { from: epochMs(to - PAST_MS), stepMs: ENERGY_SLOT_MS, count: PAST_MS / ENERGY_SLOT_MS };
    const points = await this.directory.points();
    const means = async (point: { readonly id: number } | undefined): Promise<(number | null)[]> =>
      point ? alignMeans(window, await readings.series(point.id, window.from, to, window.stepMs)) : [];
    const sites = this.context.pack.venues.map(async ({ id, thermal = [], generators = [], switches = [] }) => {
      const kind = (of: string) => means(points.find((row) => row.venue === id && row.kind === of));
      const named = (name: string) => means(points.find((row) => row.venue === id && row.point === name));
      const [load_kw, pv_kw, grid_kw, battery_kw, soc_ratio] = await Promise.all([
        kind(MEASURED.load_kw),
        kind(MEASURED.pv_kw),
        kind(MEASURED.grid_kw),
        kind(MEASURED.battery_kw),
        kind(MEASURED.soc_ratio),
      ]);
      const [stores, units, positions] = await Promise.all([
        Promise.all(thermal.map(async (one) => ({ store: one.id, soc_ratio: await named(one.point) }))),
        Promise.all(generators.map(async (one) => ({ unit: one.id, level_kw: await named(one.point) }))),
        Promise.all(switches.map(async (one) => ({ switch: one.id, position: await named(one.point) }))),
      ]);
      return { site: id, load_kw, pv_kw, grid_kw, battery_kw, soc_ratio, stores, units, switches: positions };
    });
    return { window, sites: await Promise.all(sites) };
  }
}
