import type { Pack, Venue } from '#libs/games';
import type { MeterGroup, MeterPart } from './balance.js';
import type { FeederShares } from './feeder-shares.js';
import type { CustomerLoad, VenueLoad } from './settle.js';

/** Part of a feeder's energy that is lost on it at low voltage; the meters of a site stand side by side. */
const FEEDER_LOSS_RATIO = 0.01;

export const meterKey = (venue: string, point: string): string => `${venue}/${point}`;

/** What a pack says of who is measured by what. */
type Metering = Pick<Pack, 'feeders' | 'venues' | 'gateways' | 'devices'>;

/** A venue's meters by what they measure. */
interface SiteMeters {
  readonly venue: Venue;
  readonly grid: string;
  readonly load: string;
  readonly pv?: string;
  readonly battery?: string;
  readonly soc?: string;
}

/** Points of a pack as meters of a site; throws where a venue has no grid or load meter, which the pack's checks rule out. */
export const siteMeters = ({ gateways, devices }: Pick<Metering, 'gateways' | 'devices'>, venue: Venue): SiteMeters => {
  const points = [...gateways, ...devices]
    .filter((source) => source.venue === venue.id)
    .flatMap(({ points: own }) => own);
  const find = (kind: string): string | undefined => {
    const point = points.find((one) => one.kind === kind);
    return point && meterKey(venue.id, point.id);
  };
  const [grid, load, pv, battery, soc] = ['grid_power', 'load_power', 'pv_power', 'battery_power', 'battery_soc'].map(
    find,
  );
  if (grid === undefined || load === undefined) throw new Error(`The venue ${venue.id} has no meter of grid and load.`);
  return { venue, grid, load, ...(pv && { pv }), ...(battery && { battery }), ...(soc && { soc }) };
};

/** A venue's shares by its id; of one that is missing, its first connection's feeder has all. */
type Shares = ReadonlyMap<string, FeederShares>;

/** What a venue's grid meter must show: load and tasks, less sun and generators, and the battery while it charges. */
const siteGroup = ({ venue, grid, load, pv, battery }: SiteMeters): MeterGroup => ({
  level: 'site',
  id: venue.id,
  feeder: venue.grid.feeder,
  main: grid,
  parts: [
    { meter: load, sign: 1 },
    ...(pv ? [{ meter: pv, sign: -1 as const }] : []),
    ...(battery ? [{ meter: battery, sign: 1 as const }] : []),
    ...(venue.generators ?? []).map(({ point }) => ({ meter: meterKey(venue.id, point), sign: -1 as const })),
    ...(venue.tasks ?? []).map(({ point }) => ({ meter: meterKey(venue.id, point), sign: 1 as const })),
  ],
  loss_ratio: 0,
});

/** The meters next behind a feeder's: grid meters of venues while they stand on it, and of feeders that hang on it the main meter, or what is behind that one. */
const behind = (pack: Metering, shares: Shares, feeder: string): readonly MeterPart[] => {
  const venues = pack.venues.flatMap((venue): readonly MeterPart[] => {
    const meter = siteMeters(pack, venue).grid;
    const own = shares.get(venue.id);
    if (!own) return venue.grid.feeder === feeder ? [{ meter, sign: 1 }] : [];
    const share = own.of.get(feeder);
    return share ? [{ meter, sign: 1, share }] : [];
  });
  const below = pack.feeders
    .filter(({ parent }) => parent === feeder)
    .flatMap(({ id, meter }): readonly MeterPart[] =>
      meter ? [{ meter: meterKey(meter.venue, meter.point), sign: 1 }] : behind(pack, shares, id),
    );
  return joinParts([...venues, ...below]);
};

/** Each meter once, with its shares of all feeders; one that is always there has none. */
const joinParts = (parts: readonly MeterPart[]): readonly MeterPart[] => {
  const joined = new Map<string, MeterPart>();
  for (const part of parts) {
    const other = joined.get(part.meter)?.share;
    const share = other && part.share ? part.share.map((one, slot) => one + (other[slot] ?? 0)) : part.share;
    joined.set(part.meter, { meter: part.meter, sign: part.sign, ...(share && { share }) });
  }
  return [...joined.values()].map(({ share, ...part }) =>
    share?.some((one) => one < 1) === true ? { ...part, share } : part,
  );
};

/** What can be reconciled in a pack: feeders with a main meter against what is behind them, and every site against its own meters. */
export const listGroups = (pack: Metering, shares: Shares = new Map()): readonly MeterGroup[] => [
  ...pack.feeders.flatMap(({ id, meter }): readonly MeterGroup[] =>
    meter
      ? [
          {
            level: 'feeder',
            id,
            feeder: id,
            main: meterKey(meter.venue, meter.point),
            parts: behind(pack, shares, id),
            loss_ratio: FEEDER_LOSS_RATIO,
          },
        ]
      : [],
  ),
  ...pack.venues.map((venue) => siteGroup(siteMeters(pack, venue))),
];

/** Whose a venue's load is: of each part of another customer that part, of the venue's customer, else of the venue itself, the rest. */
export const venueLoad = (pack: Pick<Metering, 'gateways' | 'devices'>, venue: Venue): VenueLoad => {
  const owner = venue.customer ?? venue.id;
  const parts = (venue.loads ?? []).flatMap(({ customer, point, share }): readonly CustomerLoad[] => {
    if (customer === undefined || customer === owner) return [];
    return [{ customer, of: point === undefined ? { share: share ?? 0 } : { meter: meterKey(venue.id, point) } }];
  });
  return { load: siteMeters(pack, venue).load, customers: [...parts, { customer: owner, of: 'rest' }] };
};
