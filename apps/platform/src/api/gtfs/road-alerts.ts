import type { Pack } from '#libs/games';
import type { EpochMs } from '#libs/kernel';
import { closedRoads, type OverrideRule } from '#libs/planning';
import {
  applyClosures,
  buildRoadNetwork,
  closureAlerts,
  type Feed,
  type RoadNetwork,
  type ServiceAlert,
  strictestVehicle,
} from '#libs/transport';

import { closureOf } from '../../control/dispatch/road-desk.js';

/** What roads that people closed mean for the public. */
export class RoadAlerts {
  private readonly network: RoadNetwork | undefined;

  constructor(
    private readonly pack: Pack,
    feed: Feed,
  ) {
    this.network = buildRoadNetwork(pack, feed);
  }

  list(overrides: readonly OverrideRule[], now: EpochMs): readonly ServiceAlert[] {
    const closures = closedRoads(overrides, now).map(closureOf);
    if (!this.network || closures.length === 0) return [];
    const { patterns } = applyClosures(this.network.graph, {
      patterns: this.network.patterns,
      places: [],
      situation: { at: now, vehicle: strictestVehicle(this.pack.transport.vehicle_types) },
      closures,
    });
    return closureAlerts(patterns);
  }
}
