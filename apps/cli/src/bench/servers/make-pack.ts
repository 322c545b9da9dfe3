import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { parse, stringify } from 'yaml';

import type { Gateway, Venue } from '#libs/games';

import type { LoadGateway } from '../load/protocol.js';

/** A Winter Games' venues; two gateways each, so that a point is read every 0.3 s at 20,000 readings a second. */
const VENUES = 15;
const GATEWAYS = 2;
const POINTS = 200;
const UNIT = 'kW';
const MODEL = 'campus-replay';

interface VenuesFile {
  readonly feeders: readonly unknown[];
  readonly venues: readonly Venue[];
}

interface DevicesFile {
  readonly gateways: readonly Gateway[];
}

const pointOf = (index: number): Gateway['points'][number] => ({
  id: `meter_${String(index + 1).padStart(3, '0')}.active_power`,
  kind: 'sensor',
  unit: UNIT,
  min: 0,
  max: 1_000,
  interval_s: 1,
});

const loadGatewayOf = (venue: string, index: number): Gateway => ({
  id: `load-${venue}-${index + 1}`,
  venue,
  points: Array.from({ length: POINTS }, (_, place) => pointOf(index * POINTS + place)),
});

/** A venue like one of the model's, under another name and on one connection: names of connections are taken. */
const another = ({ connections: _c, switches: _s, interlocks: _i, ...model }: Venue, place: number): Venue => ({
  ...model,
  id: `venue_${place + 1}`,
  name: `Venue ${place + 1}`,
});

/** The model's venues, repeated under other names until there are 15, and gateways whose points the load generator reads. */
export const enlarge = (
  { feeders, venues }: VenuesFile,
  { gateways }: DevicesFile,
): { readonly venues: VenuesFile; readonly devices: DevicesFile } => {
  const all = Array.from({ length: VENUES }, (_, place) => {
    const model = venues[place % venues.length];
    if (!model) throw new Error(`The pack ${MODEL} has no venue.`);
    return place < venues.length ? { venue: model, model } : { venue: another(model, place), model };
  });
  const own = all.flatMap(({ venue, model }) =>
    gateways
      .filter((gateway) => gateway.venue === model.id)
      .map((gateway) => (venue === model ? gateway : { ...gateway, id: `gw-${venue.id}`, venue: venue.id })),
  );
  const loads = all.flatMap(({ venue }) =>
    Array.from({ length: GATEWAYS }, (_, index) => loadGatewayOf(venue.id, index)),
  );
  return { venues: { feeders, venues: all.map(({ venue }) => venue) }, devices: { gateways: [...own, ...loads] } };
};

/** Writes the pack to `directory`; returns the gateways whose points the load generator reads. */
export const makePack = async (root: string, directory: string): Promise<readonly LoadGateway[]> => {
  await cp(join(root, 'config', MODEL), directory, { recursive: true });
  const read = async (file: string): Promise<unknown> => parse(await readFile(join(directory, file), 'utf8'));
  const { venues, devices } = enlarge(
    (await read('venues.yaml')) as VenuesFile,
    (await read('devices.yaml')) as DevicesFile,
  );
  await writeFile(join(directory, 'venues.yaml'), stringify(venues, { aliasDuplicateObjects: false }));
  await writeFile(join(directory, 'devices.yaml'), stringify(devices, { aliasDuplicateObjects: false }));
  return devices.gateways
    .filter(({ id }) => id.startsWith('load-'))
    .map(({ venue, id, points }) => ({ venue, gateway: id, points: points.map((point) => point.id), unit: UNIT }));
};
