import {
  assetKey,
  batteryRange,
  correct,
  type Correction,
  type Corrections,
  deadTimes,
  type LiveBattery,
  type LiveLimit,
  type LiveLoad,
  NO_CORRECTIONS,
} from '#libs/energy';
import {
  closedConnections,
  feederPath,
  type Pack,
  type Point,
  type PositionOf,
  sharesOf,
  type Venue,
} from '#libs/games';
import { contains, type EpochMs, MINUTE_MS } from '#libs/kernel';
import { currentSetpoints, listOutages, type OverrideRule, type PlannedSetpoint } from '#libs/planning';
import type { ReadingRow } from '#libs/store';
import { QUALITY } from '#libs/telemetry';
import type { PackPoint, PackPoints } from '../points.js';

const QUALITY_BITS = 3;
/** What is older says nothing of now. */
const MAX_AGE_MS = 3 * MINUTE_MS;

type Latest = ReadonlyMap<number, Pick<ReadingRow, 'ts' | 'value' | 'quality'>>;

/** Between plans: keeps connections and feeders within their limits by what was measured last. What a person overrides is left alone. */
export class CorrectionDesk {
  private before: Corrections = NO_CORRECTIONS;

  constructor(
    private readonly pack: Pick<Pack, 'games' | 'feeders' | 'venues'>,
    private readonly points: PackPoints,
  ) {}

  run(
    latest: Latest,
    planned: readonly PlannedSetpoint[],
    overrides: readonly OverrideRule[],
    now: EpochMs,
  ): readonly Correction[] {
    const told = new Map(
      currentSetpoints(planned, overrides, now).map((setpoint) => [assetKey(setpoint.venue, setpoint.asset), setpoint]),
    );
    const value = (point: PackPoint | undefined): number | undefined => {
      const reading = point && latest.get(point.id);
      if (!reading || (reading.quality & QUALITY_BITS) === QUALITY.bad || now - reading.ts > MAX_AGE_MS)
        return undefined;
      return reading.value;
    };
    const ofKind = (venue: string, kind: Point['kind']) => value(this.points.findKind(venue, kind));
    const batteries = this.pack.venues.flatMap(({ id, battery }): readonly LiveBattery[] => {
      const [asset, soc, measured] = [assetKey(id, 'battery'), ofKind(id, 'battery_soc'), ofKind(id, 'battery_power')];
      const setpoint = told.get(asset);
      if (!battery || soc === undefined || measured === undefined || setpoint?.override != null) return [];
      return [{ asset, measured_kw: measured, planned_kw: setpoint?.value ?? 0, ...batteryRange(battery, soc) }];
    });
    const loads = this.pack.venues.flatMap(({ id, loads: own = [] }): readonly LiveLoad[] => {
      const metered = ofKind(id, 'load_power');
      return own.flatMap(({ id: load, share, point, shed_cost_per_kwh }) => {
        const asset = assetKey(id, load);
        const draws_kw =
          point === undefined ? metered && metered * (share ?? 0) : value(this.points.getNamed(id, point));
        // What the plan sheds is off already.
        if (shed_cost_per_kwh === undefined || draws_kw === undefined || told.has(asset)) return [];
        return [{ asset, draws_kw, shed_cost_per_kwh }];
      });
    });
    const limits = this.limits(
      (venue) => ofKind(venue, 'grid_power'),
      (venue, point) => value(this.points.getNamed(venue, point)),
      overrides,
      now,
    );
    this.before = correct(limits, batteries, loads, this.before);
    return this.before.corrections;
  }

  /** Venues by their live connections together, then feeders from the outermost in. What is not measured whole is not judged. */
  private limits(
    netOf: (venue: string) => number | undefined,
    positionOf: PositionOf,
    overrides: readonly OverrideRule[],
    now: EpochMs,
  ): readonly LiveLimit[] {
    const outages = listOutages(overrides, now);
    const feeders = new Map<string, { net: number; whole: boolean; behind: Map<string, number> }>();
    const limits: LiveLimit[] = [];
    for (const venue of this.pack.venues) {
      const alive = closedConnections(venue, positionOf).filter(
        (connection) => !deadTimes(this.pack, connection, outages).some((dead) => contains(dead, now)),
      );
      const sum = (of: 'import_limit_kw' | 'export_limit_kw'): number =>
        alive.reduce((total, terms) => total + terms[of], 0);
      const net = netOf(venue.id);
      const assets = assetsOf(venue);
      const [imports, exports] = [sum('import_limit_kw'), sum('export_limit_kw')];
      if (net !== undefined && alive.length > 0) {
        const behind = new Map(assets.map((asset) => [asset, 1]));
        limits.push({ at: venue.id, import_limit_kw: imports, export_limit_kw: exports, net_kw: net, behind });
      }
      for (const { feeder, share } of sharesOf(alive)) {
        for (const id of feederPath(this.pack.feeders, feeder)) {
          const own = feeders.get(id) ?? { net: 0, whole: true, behind: new Map<string, number>() };
          own.net += share * (net ?? 0);
          own.whole &&= net !== undefined;
          for (const asset of assets) own.behind.set(asset, (own.behind.get(asset) ?? 0) + share);
          feeders.set(id, own);
        }
      }
    }
    const inward = this.pack.feeders.toSorted((a, b) => this.depth(b.id) - this.depth(a.id));
    for (const { id, limit_kw } of inward) {
      const own = feeders.get(id);
      if (!own?.whole) continue;
      limits.push({
        at: id,
        import_limit_kw: limit_kw,
        export_limit_kw: limit_kw,
        net_kw: own.net,
        behind: own.behind,
      });
    }
    return limits;
  }

  private depth(feeder: string): number {
    return feederPath(this.pack.feeders, feeder).length;
  }
}

const assetsOf = ({ id, battery, loads = [] }: Venue): readonly string[] =>
  [
    ...(battery ? ['battery'] : []),
    ...loads.filter(({ shed_cost_per_kwh }) => shed_cost_per_kwh !== undefined).map((load) => load.id),
  ].map((asset) => assetKey(id, asset));
