import { type EpochMs, epochMs } from '#libs/kernel';
import { listPackPoints, type Pack } from '#libs/games';
import type { Receipt, Store } from '#libs/store';
import { DeviceDirectory, type KnownDevice, knownPoint, PointDirectory } from '#libs/telemetry';
import { commandTargets } from './command-targets.js';
import { HeardClock } from './heard-clock.js';
import { shareOf } from './shares.js';

/** What a process knows of the event when it starts. */
export interface Known {
  readonly directory: PointDirectory;
  /** The devices of its shares that no gateway reads. */
  readonly devices: DeviceDirectory;
  /** Newest stored instant of a device's readings. */
  readonly findLast: (device: KnownDevice) => EpochMs | undefined;
  readonly receipts: readonly Receipt[];
  readonly eventClock: HeardClock;
}

const lastOf = ({ channels }: KnownDevice, latest: ReadonlyMap<number, { readonly ts: EpochMs }>) => {
  const instants = [...channels.values()].flat().flatMap(({ point }) => latest.get(point.id)?.ts ?? []);
  return instants.length === 0 ? undefined : epochMs(Math.max(...instants));
};

/** Registers the pack, and reads what is stored of its points and of these shares. Rejects when the database cannot tell. */
export const loadKnown = async (
  pack: Pack,
  store: Pick<Store, 'readings' | 'operations' | 'registerPack'>,
  shares: readonly number[],
): Promise<Known> => {
  const rows = await store.registerPack(pack);
  const ids = new Map(rows.map(({ venue, point, id }) => [`${venue}/${point}`, id]));
  const entries = listPackPoints(pack).flatMap(({ venue, source, point }) => {
    const id = ids.get(`${venue}/${point.id}`);
    return id === undefined ? [] : [{ venue, gateway: source, point: point.id, ...knownPoint(id, point) }];
  });
  const devices = pack.devices.filter(({ venue, gateway }) => gateway === undefined && shares.includes(shareOf(venue)));
  const sources = new Set(devices.map(({ venue, id }) => `${venue}/${id}`));
  const latest = await store.readings.latest(
    rows.filter(({ venue, gateway }) => sources.has(`${venue}/${gateway}`)).map(({ id }) => id),
  );
  return {
    directory: new PointDirectory(entries, commandTargets(pack)),
    devices: new DeviceDirectory({ devices, timeZone: pack.games.time_zone, points: rows, lastCounters: latest }),
    findLast: (device) => lastOf(device, latest),
    receipts: await store.readings.receipts(),
    eventClock: new HeardClock((await store.operations.loadClock())?.reservedEventMs ?? epochMs(0)),
  };
};
