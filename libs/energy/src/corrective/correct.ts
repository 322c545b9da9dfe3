/** A connection, all of a venue together, or a feeder, as it is measured now. */
export interface LiveLimit {
  readonly at: string;
  readonly import_limit_kw: number;
  readonly export_limit_kw: number;
  /** Import less export. */
  readonly net_kw: number;
  /** Assets behind it, and the part of their power that flows through it. */
  readonly behind: ReadonlyMap<string, number>;
}

export interface LiveBattery {
  readonly asset: string;
  /** Positive while charging. */
  readonly measured_kw: number;
  readonly planned_kw: number;
  /** What it can do for the next quarter hour, from discharging, negative, to charging. */
  readonly least_kw: number;
  readonly most_kw: number;
}

/** A load with a switch that nobody has shed. */
export interface LiveLoad {
  readonly asset: string;
  /** While it is on. */
  readonly draws_kw: number;
  readonly shed_cost_per_kwh: number;
}

export interface Correction {
  readonly asset: string;
  /** A battery's power, positive while charging; 0 of a load: off. */
  readonly value_kw: number;
  /** In words: which limit, and what is measured. */
  readonly reason: string;
}

/** What is corrected, and for which limits: handed in again with the next readings, so that nothing flaps. */
export interface Corrections {
  readonly corrections: readonly Correction[];
  /** Limits that need them, by name and direction. */
  readonly active: ReadonlySet<string>;
  /** What loads drew when they were switched off, kW. */
  readonly shed: ReadonlyMap<string, number>;
}

export const NO_CORRECTIONS: Corrections = { corrections: [], active: new Set(), shed: new Map() };

/** A limit that was broken is kept to this part of itself, and corrected until less than that would flow without. */
const KEPT = 0.95;
/** kW: less is arithmetic. */
const NOTHING = 0.05;

/**
 * What has to change of a plan's setpoints between plans, so that limits hold by what is measured now. Where more flows than a limit allows, batteries behind it charge less or discharge
 * more, each by its share of what they can; then, for import, loads are switched off, the cheapest first. What would flow without corrections decides, so that a correction does not end itself.
 * `limits` in the order in which they are served: connections before feeders, feeders before what they hang on.
 */
export const correct = (
  limits: readonly LiveLimit[],
  batteries: readonly LiveBattery[],
  loads: readonly LiveLoad[],
  before: Corrections,
): Corrections => {
  const values = new Map(batteries.map(({ asset, planned_kw }) => [asset, planned_kw]));
  const shed = new Map<string, number>();
  const reasons = new Map<string, string>();
  const active = new Set<string>();
  const drawn = ({ asset, draws_kw }: LiveLoad): number => Math.max(draws_kw, before.shed.get(asset) ?? 0);

  /** What would flow with what is decided up to now. */
  const flowOf = ({ net_kw, behind }: LiveLimit): number => {
    let flow = net_kw;
    for (const { asset, measured_kw } of batteries)
      flow += (behind.get(asset) ?? 0) * ((values.get(asset) ?? 0) - measured_kw);
    for (const load of loads) {
      const part = behind.get(load.asset) ?? 0;
      if (before.shed.has(load.asset)) flow += part * drawn(load);
      if (shed.has(load.asset)) flow -= part * drawn(load);
    }
    return flow;
  };

  /** `direction` 1: import, by discharging; -1: export, by charging. */
  const serve = (limit: LiveLimit, direction: 1 | -1): void => {
    const [most, name] = direction === 1 ? [limit.import_limit_kw, 'import'] : [limit.export_limit_kw, 'export'];
    const key = `${limit.at} ${name}`;
    const flow = direction * flowOf(limit);
    const kept = KEPT * most;
    if (flow <= (before.active.has(key) ? kept : most) + NOTHING) return;
    active.add(key);
    const reason = `${name} at ${limit.at} would be ${flow.toFixed(0)} kW of ${most.toFixed(0)} kW`;
    const own = batteries.filter(({ asset }) => limit.behind.has(asset));
    const room = own.map(({ asset, least_kw, most_kw }) => {
      const value = values.get(asset) ?? 0;
      return Math.max(0, direction === 1 ? value - least_kw : most_kw - value) * (limit.behind.get(asset) ?? 0);
    });
    const all = room.reduce((sum, kw) => sum + kw, 0);
    const share = all > 0 ? Math.min(1, (flow - kept) / all) : 0;
    for (const [at, { asset }] of own.entries()) {
      const change = (share * (room[at] ?? 0)) / (limit.behind.get(asset) ?? 1);
      if (change <= NOTHING) continue;
      values.set(asset, (values.get(asset) ?? 0) - direction * change);
      reasons.set(asset, reason);
    }
    if (direction === -1) return;
    for (const load of loads.toSorted((a, b) => a.shed_cost_per_kwh - b.shed_cost_per_kwh)) {
      // One that is off stays off until the limit would hold with some room.
      const bar = before.shed.has(load.asset) ? kept : most;
      if (shed.has(load.asset) || !limit.behind.has(load.asset) || flowOf(limit) <= bar + NOTHING) continue;
      shed.set(load.asset, drawn(load));
      reasons.set(load.asset, reason);
    }
  };

  for (const limit of limits) {
    serve(limit, 1);
    serve(limit, -1);
  }
  const told = [...reasons].map(([asset, reason]) => ({ asset, value_kw: values.get(asset) ?? 0, reason }));
  return { corrections: told, active, shed };
};
