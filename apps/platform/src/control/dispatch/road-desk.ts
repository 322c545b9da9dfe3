import type { Pack } from '#libs/games';
import type { EpochMs } from '#libs/kernel';
import { closedRoads, type OverrideRule } from '#libs/planning';
import {
  applyClosures,
  buildRoadNetwork,
  type Closure,
  type Feed,
  type FindDrive,
  findRoadDrive,
  patternsOf,
  type RoadNetwork,
  strictestVehicle,
  type Ways,
  waysOf,
} from '#libs/transport';

/** An override names a road as people do, or by its link_id. */
export const closureOf = ({ road, from, until }: ReturnType<typeof closedRoads>[number]): Closure => ({
  name: road,
  links: [road],
  from,
  until,
});

/** The roads as they are now: how empty vehicles drive, which patterns go another way, and that in words. */
export interface RoadNews {
  readonly findDrive: FindDrive;
  readonly ways: Ways;
  readonly words: readonly string[];
}

/** The roads of the pack, with what people closed. */
export class RoadDesk {
  private readonly network: RoadNetwork | undefined;
  private readonly patterns: ReturnType<typeof patternsOf>;

  constructor(
    private readonly pack: Pack,
    feed: Feed,
  ) {
    this.network = buildRoadNetwork(pack, feed);
    this.patterns = patternsOf(feed);
  }

  /** Undefined for a pack without roads: then vehicles drive straight lines. */
  news(overrides: readonly OverrideRule[], now: EpochMs): RoadNews | undefined {
    const { network, pack } = this;
    if (!network) return undefined;
    const vehicle = strictestVehicle(pack.transport.vehicle_types);
    const closures = closedRoads(overrides, now).map(closureOf);
    const findDrive = findRoadDrive(network, { vehicle, closures });
    if (closures.length === 0) return { findDrive, ways: new Map(), words: [] };
    const { patterns } = applyClosures(network.graph, {
      patterns: network.patterns,
      places: [],
      situation: { at: now, vehicle },
      closures,
    });
    return {
      findDrive,
      ways: waysOf(new Map(this.patterns.map((pattern) => [pattern.id, pattern])), patterns),
      words: patterns.map(({ words }) => words),
    };
  }
}
