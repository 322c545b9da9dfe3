import type { Device } from '#libs/games';

import { findProfile } from '../profiles/index.js';
import { FilterIndex } from '../topic-filter.js';
import { type KnownDevice, type LastReading, mapChannels } from './known-device.js';

export interface DeviceDirectoryOptions {
  /** Those that are read here: ingest reads the ones without a gateway, a gateway its own. Checked by `checkDevices`. */
  readonly devices: readonly Device[];
  /** The pack's zone, for formats whose times are local. */
  readonly timeZone: string;
  /** Numbers of points as the store gives them; `gateway` is the device's gateway, or the device itself when it has none. Others may be among them. */
  readonly points: Iterable<{
    readonly id: number;
    readonly venue: string;
    readonly gateway: string;
    readonly point: string;
  }>;
  /** The newest stored reading of each point of kind `energy_counter`, by number: differences go on from there. */
  readonly lastCounters?: ReadonlyMap<number, LastReading>;
}

/** The devices of a pack that are read in this process. Each keeps its reader and its counters for as long as the directory lives. */
export class DeviceDirectory {
  /** All of them, for subscriptions (`device.topic`) and for what they need to hear (`reader.keepalive`). */
  readonly devices: readonly KnownDevice[];
  readonly #byTopic = new FilterIndex<KnownDevice>();

  /** Throws when a device's profile is not known or its topic is no filter. */
  constructor({ devices, timeZone, points, lastCounters }: DeviceDirectoryOptions) {
    const ids = new Map<string, number>();
    for (const { id, venue, gateway, point } of points) ids.set(`${venue}/${gateway}/${point}`, id);
    this.devices = devices.map((device) => {
      const profile = findProfile(device.profile);
      if (!profile) throw new Error(`The device ${device.id} has the profile ${device.profile}, which is not known.`);
      const source = device.gateway ?? device.id;
      return {
        device,
        source,
        reader: profile.createReader({ topic: device.topic, timeZone }),
        channels: mapChannels(
          device,
          (point) => ids.get(`${device.venue}/${source}/${point}`),
          (id) => lastCounters?.get(id),
        ),
      };
    });
    for (const known of this.devices) this.#byTopic.add(known.device.topic, known);
  }

  /** Every device whose filter matches a topic: usually one. */
  findDevices(topic: string): readonly KnownDevice[] {
    return this.#byTopic.find(topic);
  }
}
