import type { IPublishPacket } from 'mqtt';
import type { Pack, SourcedPoint } from '#libs/games';
import { epochMs } from '#libs/kernel';
import type { ReadingMessage } from '#libs/telemetry';
import type { PendingAck } from '#libs/telemetry/nest';
import { Complaints } from '../complaints.js';
import { EdgeGateway, type EdgeName, type EdgeOptions } from '../edge-gateway.js';
import { Deliveries, deliveryOf, type Packet } from './deliveries.js';
import { DeviceMessages } from './device-messages.js';
import { Gathering } from './gathering.js';
import { Keepalives } from './keepalives.js';
import { VenueLink } from './venue-link.js';

/** Devices at a broker of the venue, as one gateway. The broker is told that a message is taken once its readings are on the disk. */
export class DeviceGateway {
  readonly #edge: EdgeGateway;
  readonly #messages: DeviceMessages;
  readonly #deliveries: Deliveries;
  readonly #venue: VenueLink;
  readonly #gathering: Gathering<ReadingMessage, PendingAck>;
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
    this.#deliveries = new Deliveries(written.flatMap(({ deliveries }) => deliveries ?? []));
    this.#complaints = new Complaints(options.monotonic, options.warn);
    this.#venue = new VenueLink({
      url: options.venueUrl,
      clientId: `venueflow-devices-${name.venue}-${name.gateway}`,
      filters: [...new Set(this.#messages.devices.map(({ device }) => device.topic))],
      onMessage: (packet, ack) => this.#onMessage(packet, ack),
      onSession: (known) => {
        // What came before is written, so that it is known when it comes again.
        this.#gathering.flush();
        if (!known) this.#deliveries.clear();
      },
      onConnect: () => this.#keepalives.sendAll(),
      warn: options.warn,
    });
    this.#gathering = new Gathering({
      write: ({ readings, deliveries }) =>
        this.#edge.append({ readings, ...(deliveries.length > 0 ? { deliveries: [...deliveries] } : {}) }),
      onWritten: (deliveries, acks) => {
        for (const delivery of deliveries) this.#deliveries.add(delivery);
        for (const ack of acks) this.#venue.acknowledge(ack);
      },
      onRefused: () => this.#venue.refuse(),
    });
    const readers = this.#messages.devices.map(({ reader }) => reader);
    this.#keepalives = new Keepalives(readers, (request) => this.#venue.request(request));
  }

  tick(): void {
    this.#edge.tick();
  }

  async stop(): Promise<void> {
    this.#keepalives.stop();
    this.#venue.close();
    this.#gathering.flush();
    await this.#venue.stop();
    await this.#edge.stop();
  }

  #onMessage({ topic, payload: raw, messageId, dup, retain }: IPublishPacket, ack: PendingAck | undefined): void {
    const payload = typeof raw === 'string' ? Buffer.from(raw) : raw;
    const packet: Packet = { topic, payload, messageId, dup };
    if (this.#deliveries.isWritten(packet)) {
      this.#gathering.add({ readings: [], delivery: undefined, ack });
      return;
    }
    const now = epochMs(this.options.clock.now());
    const { readings, requests, refused } = this.#messages.read({ topic, payload, retained: retain }, now);
    this.#gathering.add({ readings, delivery: readings.length > 0 ? deliveryOf(packet) : undefined, ack });
    for (const request of requests) this.#venue.request(request);
    for (const line of refused) this.#complaints.add(line);
  }
}
