import type { IPublishPacket } from 'mqtt';
import type { Pack, SourcedPoint } from '#libs/games';
import { epochMs } from '#libs/kernel';
import type { ReadingMessage } from '#libs/telemetry';
import { Complaints } from '../complaints.js';
import { EdgeGateway, type EdgeName, type EdgeOptions } from '../edge-gateway.js';
import { Deliveries, deliveryOf, type Packet } from './deliveries.js';
import { DeviceMessages } from './device-messages.js';
import { Keepalives } from './keepalives.js';
import { VenueLink } from './venue-link.js';

/** Readings in one message at most. */
const MAX_READINGS = 500;

const partsOf = (readings: readonly ReadingMessage[]): readonly (readonly ReadingMessage[])[] =>
  Array.from({ length: Math.ceil(readings.length / MAX_READINGS) }, (_, part) =>
    readings.slice(part * MAX_READINGS, (part + 1) * MAX_READINGS),
  );

/** Devices at a broker of the venue, as one gateway. The broker is told that a message is taken once its readings are on the disk. */
export class DeviceGateway {
  readonly #edge: EdgeGateway;
  readonly #messages: DeviceMessages;
  readonly #deliveries: Deliveries;
  readonly #venue: VenueLink;
  readonly #complaints: Complaints;
  readonly #keepalives: Keepalives;

  constructor(
    private readonly options: EdgeOptions & { readonly pack: Pack; readonly venueUrl: string },
    name: EdgeName,
    points: readonly SourcedPoint[],
  ) {
    this.#edge = new EdgeGateway(options, name);
    const written = this.#edge.buffer.listNewest();
    this.#messages = new DeviceMessages(options.pack, name, points, written);
    this.#deliveries = new Deliveries(written.flatMap(({ delivery }) => delivery ?? []));
    this.#complaints = new Complaints(options.monotonic, options.warn);
    this.#venue = new VenueLink({
      url: options.venueUrl,
      clientId: `venueflow-devices-${name.venue}-${name.gateway}`,
      filters: [...new Set(this.#messages.devices.map(({ device }) => device.topic))],
      onMessage: (packet) => this.#onMessage(packet),
      onNewSession: () => this.#deliveries.clear(),
      onConnect: () => this.#keepalives.sendAll(),
      warn: options.warn,
    });
    const readers = this.#messages.devices.map(({ reader }) => reader);
    this.#keepalives = new Keepalives(readers, (request) => this.#venue.request(request));
  }

  tick(): void {
    this.#edge.tick();
  }

  async stop(): Promise<void> {
    this.#keepalives.stop();
    await this.#venue.stop();
    await this.#edge.stop();
  }

  /** Whether the broker may forget it. */
  #onMessage({ topic, payload: raw, messageId, dup, retain }: IPublishPacket): boolean {
    const payload = typeof raw === 'string' ? Buffer.from(raw) : raw;
    const packet: Packet = { topic, payload, messageId, dup };
    if (this.#deliveries.isWritten(packet)) return true;
    const now = epochMs(this.options.clock.now());
    const { readings, requests, refused } = this.#messages.read({ topic, payload, retained: retain }, now);
    const delivery = deliveryOf(packet);
    const parts = partsOf(readings);
    for (const [index, part] of parts.entries()) {
      const last = index === parts.length - 1 && delivery !== undefined;
      if (!this.#edge.append({ readings: part, ...(last ? { delivery } : {}) })) return false;
    }
    if (delivery !== undefined && parts.length > 0) this.#deliveries.add(delivery);
    for (const request of requests) this.#venue.request(request);
    for (const line of refused) this.#complaints.add(line);
    return true;
  }
}
