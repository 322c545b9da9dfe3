import { type Pack, splitSeries } from '#libs/games';
import type { Feed } from '#libs/transport';
import type { Overlay, OverlayOf } from './overlay-schema.js';

export const overlaysOf = <K extends Overlay['kind']>(overlays: readonly Overlay[], kind: K): readonly OverlayOf<K>[] =>
  overlays.filter((one): one is OverlayOf<K> => one.kind === kind);

/** What planners know of overlays beforehand: the pack as it is on that day. Of recordings, only prices change. */
export const overlayPack = (pack: Pack, overlays: readonly Overlay[]): Pack => {
  const limits = overlaysOf(overlays, 'import_limit');
  const batteries = overlaysOf(overlays, 'battery');
  const scaleOf = (venue: string): number =>
    limits.filter((one) => one.venue === undefined || one.venue === venue).reduce((all, { scale }) => all * scale, 1);
  return {
    ...pack,
    venues: pack.venues.map((venue) => {
      const added = batteries.find((one) => one.venue === venue.id);
      return {
        ...venue,
        grid: { ...venue.grid, import_limit_kw: venue.grid.import_limit_kw * scaleOf(venue.id) },
        ...(venue.connections && {
          connections: venue.connections.map((one) => ({
            ...one,
            import_limit_kw: one.import_limit_kw * scaleOf(venue.id),
          })),
        }),
        ...(added && { battery: { ...(venue.battery ?? USUAL_BATTERY), ...sizeOf(added) } }),
      };
    }),
    recordings: overlaysOf(overlays, 'tariff').reduce(
      (all, { price_scale }) => scalePrices(pack, all, price_scale),
      pack.recordings,
    ),
    transport: { ...pack.transport, fleet: resize(pack.transport.fleet, overlaysOf(overlays, 'fleet')[0]) },
  };
};

const scalePrices = ({ energy }: Pack, recordings: Pack['recordings'], scale: number): Pack['recordings'] => {
  const { recording: id, column } = splitSeries(energy.import_price_per_kwh);
  const recording = recordings.get(id);
  const prices = recording?.columns.get(column);
  if (!recording || !prices) return recordings;
  const columns = new Map(recording.columns).set(
    column,
    prices.map((price) => price * scale),
  );
  return new Map(recordings).set(id, { ...recording, columns });
};

/** Lithium, half full. */
const USUAL_BATTERY = {
  charge_efficiency: 0.95,
  discharge_efficiency: 0.95,
  soc_min_ratio: 0.1,
  soc_max_ratio: 0.95,
  initial_soc_ratio: 0.5,
  wear_cost_per_kwh: 0.02,
} as const;

const sizeOf = ({ capacity_kwh, power_kw }: OverlayOf<'battery'>) => ({ capacity_kwh, power_kw });

/** The fleet with so many vehicles: the first of the pack's order, or more of the first kind. */
const resize = (
  fleet: Pack['transport']['fleet'],
  overlay: OverlayOf<'fleet'> | undefined,
): Pack['transport']['fleet'] => {
  if (!overlay) return fleet;
  let left = sizeOfFleet(fleet, overlay);
  const kept = fleet.map((vehicles) => {
    const taken = Math.min(vehicles.count, left);
    left -= taken;
    return { ...vehicles, count: taken };
  });
  return kept.map((vehicles, index) => ({ ...vehicles, count: vehicles.count + (index === 0 ? left : 0) }));
};

/** Vehicles that an overlay leaves. */
export const sizeOfFleet = (fleet: Pack['transport']['fleet'], { count, change = 0 }: OverlayOf<'fleet'>): number =>
  count ?? fleet.reduce((sum, vehicles) => sum + vehicles.count, 0) + change;

/** The feed without lines that are closed, and with other headways. */
export const overlayFeed = (feed: Feed, overlays: readonly Overlay[]): Feed => {
  const lines = new Map(overlaysOf(overlays, 'line').map((one) => [one.line, one]));
  if (lines.size === 0) return feed;
  const trips = [...feed.trips].flatMap(([id, trip]) => {
    const { closed, headway_scale = 1 } = lines.get(trip.line) ?? {};
    if (closed) return [];
    const headways = trip.headways.map((one) => ({ ...one, headwayS: Math.round(one.headwayS * headway_scale) }));
    return [[id, { ...trip, headways }] as const];
  });
  return { ...feed, trips: new Map(trips) };
};

/** The pack as planners have it: without lines that are closed, whose people come all the same. */
export const withoutClosedLines = (pack: Pack, overlays: readonly Overlay[]): Pack => {
  const closed = overlaysOf(overlays, 'line').flatMap((one) => (one.closed ? [one.line] : []));
  if (closed.length === 0) return pack;
  const lines = pack.transport.lines.filter(({ id }) => !closed.includes(id));
  return { ...pack, transport: { ...pack.transport, lines } };
};
