import { Inject, Injectable } from '@nestjs/common';
import { listVehicles } from '#libs/games';
import { epochMs, type EpochMs, HOUR_MS, systemClock } from '#libs/kernel';
import { makeRealtime, openNetwork, planTrips, type RealtimeFeeds, type RealtimeInputs } from '#libs/transport';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { BrokerWatch } from '../../health/broker-watch.js';
import { LineNames } from '../live/line-names.js';
import { PictureReader } from '../live/picture-reader.js';
import { isOutage, within } from '../problem/outage.js';
import { dayDepartures } from './day-departures.js';
import { LIVE_TRANSPORT, type LiveTransport } from './live-transport.js';
import { RoadAlerts } from './road-alerts.js';
import { ScheduleDesk } from './schedule-desk.js';
import { latestTruth } from './truth.js';

/** Wall time for which feeds that were made are given out again. */
const KEPT_MS = 3_000;
const READ_LIMIT_MS = 5_000;
/** Departures of this long before now may be under way. */
const UNDER_WAY_MS = 3 * HOUR_MS;

/** Makes spectators' realtime feeds when they are asked for, at most once in three seconds. */
@Injectable()
export class RealtimeDesk {
  private readonly capacities: RealtimeInputs['capacities'];
  private readonly network: RealtimeInputs['network'];
  private readonly roads: RoadAlerts;
  private made: { readonly feeds: RealtimeFeeds; readonly at: number } | undefined;
  private pending: Promise<RealtimeFeeds> | undefined;
  private inputs: Omit<RealtimeInputs, 'clock'> | undefined;
  /** Event time of what was read last. */
  private truth: EpochMs = epochMs(0);

  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly broker: BrokerWatch,
    private readonly reader: PictureReader,
    private readonly names: LineNames,
    private readonly schedule: ScheduleDesk,
    @Inject(LIVE_TRANSPORT) private readonly live: LiveTransport,
  ) {
    const { transport } = context.pack;
    const types = new Map(transport.vehicle_types.map((type) => [type.id, type]));
    this.capacities = new Map(
      listVehicles(transport).flatMap(({ id, group }) => {
        const type = types.get(group.type);
        return type ? [[id, type] as const] : [];
      }),
    );
    this.network = openNetwork(schedule.timetable.feed);
    this.roads = new RoadAlerts(context.pack, schedule.timetable.feed);
  }

  /**
   * The feeds. While the database is away they are the last ones, without vehicles that are silent since: their timestamp says of when. Rejects
   * with an outage when there were none.
   */
  async get(): Promise<RealtimeFeeds> {
    if (this.made && systemClock.now() - this.made.at < KEPT_MS) return this.made.feeds;
    this.pending ??= this.make().finally(() => (this.pending = undefined));
    return this.pending;
  }

  private async make(): Promise<RealtimeFeeds> {
    const inputs = await this.latestInputs();
    const feeds = makeRealtime({ ...inputs, clock: Math.max(inputs.now, this.broker.eventNow()) });
    this.made = { feeds, at: systemClock.now() };
    return feeds;
  }

  private async latestInputs(): Promise<Omit<RealtimeInputs, 'clock'>> {
    try {
      this.inputs = await within(READ_LIMIT_MS, 'The database', this.read());
      return this.inputs;
    } catch (error) {
      if (this.inputs && isOutage(error)) return this.inputs;
      throw error;
    }
  }

  private async read(): Promise<Omit<RealtimeInputs, 'clock'>> {
    const { store, pack } = this.context;
    const picture = await this.reader.read();
    const since = epochMs(picture.now - UNDER_WAY_MS);
    const [trips, live] = await Promise.all([
      store.operations.listTrips(since, epochMs(picture.now + 1)),
      this.live.read(picture.now),
    ]);
    const said = [this.broker.lastOnline, picture.dispatch.plan?.created, trips.at(-1)?.departs];
    const now = latestTruth(picture.clock, [...said, ...live.locations.map(({ ts }) => ts)], this.truth);
    // While nobody tells the time it is the wall's, which may be far from the event's.
    if (picture.clock.state !== 'unknown') this.truth = now;
    const known = dayDepartures(
      { ...picture, now },
      pack.transport.lines.map(({ id }) => id),
      trips,
      since,
    );
    const { timetable } = this.schedule;
    const edition = await this.schedule.edition(now, known.departures);
    return {
      ...live,
      alerts: this.roads.list(picture.overrides, now),
      trips: planTrips({ ...known, edition, timetable, now }),
      capacities: this.capacities,
      network: this.network,
      lineName: (line) => this.names.lineName(line),
      now,
    };
  }
}
