import type { IPublishPacket } from 'mqtt';
import { isSession, listVehicles, type Pack } from '#libs/games';
import type { Clock } from '#libs/kernel';
import type { Metrics } from '#libs/observability';
import type { Receipt, Store } from '#libs/store';
import {
  clockMessage,
  type DecodedDevice,
  decodeMessage,
  type DeviceRequest,
  type KnownDevice,
  QualityRules,
  ReceiptTracker,
  TOPIC_ROOT,
  topics,
  VehicleNames,
} from '#libs/telemetry';
import { BatchWriter, type Pending } from './batch-writer.js';
import { DeviceDesk } from './device-desk.js';
import { GatewayStates } from './gateway-states.js';
import { readInbound } from './inbound.js';
import { type Known, loadKnown } from './known.js';
import { Packets } from './packets.js';
import { rememberFilters } from './remembered-filters.js';
import { SenderClocks } from './sender-clocks.js';
import { Session, type SessionAck } from './session.js';
import { type Shard, shareOf, sharesOf, WHOLE } from './shares.js';
import { StoredUnacknowledged } from './stored-unacknowledged.js';
import { filtersByShare } from './subscriptions.js';
import type { Written } from './write-inbound.js';

/** Un-acknowledged messages, and their bytes, at which reading stops until the database takes some. */
const MAX_PENDING = 20_000;
const MAX_PENDING_BYTES = 128 * 1_048_576;
const STATES_MS = 1_000;
const FLUSH_MS = 1_500;
const DROPPED_TOPIC = '$SYS/broker/publish/messages/dropped';

export interface IngestOptions {
  readonly mqttUrl: string;
  readonly pack: Pack;
  readonly store: Pick<Store, 'readings' | 'operations' | 'registerPack'>;
  readonly metrics: Metrics;
  /** One that does not jump. */
  readonly clock: Clock;
  readonly warn: (line: string) => void;
  /** Which of the venues are this process's; all when absent. */
  readonly shard?: Shard;
  /** What the durable sessions' names begin with. */
  readonly sessionPrefix?: string;
  /** Messages that may wait for the database; 20,000 when absent. */
  readonly maxPending?: number;
}

interface Arrival {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly retained: boolean;
  /** Delivered once more, with the packet id of the first time. */
  readonly again: boolean;
}

const isOwn = (topic: string): boolean => topic.startsWith(`${TOPIC_ROOT}/`);

/**
 * MQTT -> decode -> batch -> database -> PUBACK and receipts. The broker is told of a message only when it is committed. While the database is
 * away it goes on reading, acknowledges nothing, and past 20,000 messages leaves the broker until a commit succeeds.
 */
export class Ingest {
  readonly #sessions = new Map<number, Session>();
  readonly #writer: BatchWriter;
  readonly #states: GatewayStates;
  readonly #receipts: Map<string, Receipt>;
  readonly #rules = new QualityRules();
  readonly #vehicles: VehicleNames;
  readonly #clocks: SenderClocks;
  readonly #stored = new StoredUnacknowledged();
  readonly #timers: readonly NodeJS.Timeout[];
  readonly #desk: DeviceDesk;
  readonly #maxPending: number;
  #away = false;
  #ended = false;
  #dropped = 0;

  private constructor(
    private readonly options: IngestOptions,
    /** Of this process's shares: the name of each one's durable session. */
    private readonly names: ReadonlyMap<number, string>,
    private readonly known: Known,
  ) {
    const { pack, store, warn } = options;
    this.#vehicles = new VehicleNames(listVehicles(pack.transport).map(({ id }) => id));
    const { directory, devices, receipts, eventClock } = known;
    this.#clocks = new SenderClocks(() => eventClock.speed);
    this.#states = new GatewayStates({
      known: (venue, gateway) => directory.findPoints(venue, gateway) !== undefined,
      own: (venue) => names.has(shareOf(venue)),
      findSkew: (venue, gateway) => this.#clocks.findSkew(venue, gateway),
      warn,
    });
    this.#receipts = new Map(receipts.map((receipt) => [`${receipt.venue}/${receipt.gateway}`, receipt]));
    this.#maxPending = options.maxPending ?? MAX_PENDING;
    this.#writer = new BatchWriter({
      store,
      tracker: new ReceiptTracker(receipts),
      warn,
      onCommitted: (batch, written, earned) => this.#onCommitted(batch, written, earned),
    });
    this.#desk = new DeviceDesk({
      directory: devices,
      rules: this.#rules,
      packets: new Packets(),
      lastReceived: known.findLast,
      isClockWrong: ({ device }) => this.#clocks.isWrong(device.venue, device.id),
      onRead: (device, decoded) => this.#onDevice(device, decoded),
    });
    this.#timers = [
      setInterval(() => void this.#saveStates(), STATES_MS),
      ...devices.devices.flatMap((device) => {
        const { keepalive } = device.reader;
        return keepalive ? [setInterval(() => this.#keepAlive(device), keepalive.everyMs)] : [];
      }),
    ];
  }

  /** Reads from the database what is known of points, receipts and event time, then begins. Rejects when the database cannot tell. */
  static async start(options: IngestOptions): Promise<Ingest> {
    const { pack, store, shard = WHOLE, sessionPrefix = 'venueflow-ingest' } = options;
    const shares = sharesOf(shard);
    const names = new Map(shares.map((share) => [share, `${sessionPrefix}-${share}`]));
    const ingest = new Ingest(options, names, await loadKnown(pack, store, shares));
    try {
      await ingest.#connect();
    } catch (error) {
      await ingest.stop();
      throw error;
    }
    return ingest;
  }

  /** Writes what is at hand and leaves the broker, within 2.5 s. What could not be written stays with the broker and the gateways. */
  async stop(): Promise<void> {
    this.#ended = true;
    for (const timer of this.#timers) clearInterval(timer);
    for (const session of this.#sessions.values()) session.close();
    await this.#writer.end(FLUSH_MS);
    await Promise.all([this.#saveStates(), ...[...this.#sessions.values()].map((session) => session.end(500))]);
  }

  async #connect(): Promise<void> {
    const { mqttUrl, pack, store } = this.options;
    const filters = filtersByShare(pack);
    const warn = this.#onceAMinute();
    for (const [share, clientId] of this.names) {
      const wanted = filters[share] ?? [];
      const { former, settle } = await rememberFilters(store.operations, share, wanted);
      if (wanted.length === 0 && former.length === 0) continue;
      const first = this.#sessions.size === 0;
      const session = new Session({
        url: mqttUrl,
        clientId,
        filters: wanted,
        fleeting: first ? [topics.clock(), topics.status('+', '+'), DROPPED_TOPIC] : [],
        former,
        onMessage: (packet, ack) => this.#onMessage(packet, ack),
        onReady: () => {
          // What cannot be forgotten now is taken back once more with the next start.
          settle().catch(() => undefined);
          this.#repeatReceipts(share);
          for (const device of this.known.devices.devices)
            if (shareOf(device.device.venue) === share) this.#keepAlive(device);
        },
        warn,
      });
      this.#sessions.set(share, session);
    }
  }

  /** Each session has the same to say when the broker is away. */
  #onceAMinute(): (line: string) => void {
    const said = new Map<string, number>();
    return (line) => {
      const now = performance.now();
      for (const [earlier, at] of said) if (now - at > 60_000) said.delete(earlier);
      if (!said.has(line)) this.options.warn(line);
      said.set(line, now);
    };
  }

  #onMessage(packet: IPublishPacket, ack: SessionAck | undefined): void {
    const { topic, retain: retained, dup: again } = packet;
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    if (topic === topics.clock()) {
      const decoded = decodeMessage(clockMessage, payload);
      if (decoded.ok) this.known.eventClock.onMessage(decoded.value, this.options.clock.now(), retained);
    } else if (topic === DROPPED_TOPIC) this.#onDropped(Number(payload.toString()));
    else if (isOwn(topic) && topic.endsWith('/status')) this.#states.onMessage(topic, payload);
    else {
      this.#take({ topic, payload, retained, again }, ack);
      return;
    }
    if (ack) ack.session.acknowledge(ack);
  }

  #take({ topic, payload, retained, again }: Arrival, ack: SessionAck | undefined): void {
    if (ack && this.#stored.take({ topic, payload })) {
      ack.session.acknowledge(ack);
      return;
    }
    const eventNow = this.known.eventClock.at(this.options.clock.now());
    const delivery = ack && { session: ack.session.name, messageId: ack.messageId, again };
    const inbound = isOwn(topic)
      ? readInbound(topic, payload, {
          directory: this.known.directory,
          rules: this.#rules,
          names: this.#vehicles,
          hasSession: (venue, session) => isSession(this.options.pack, venue, session),
          eventNow,
          isClockWrong: (venue, gateway) => this.#clocks.isWrong(venue, gateway),
        })
      : this.#desk.read({ topic, payload, retained, delivery }, eventNow);
    if (inbound.message) this.#clocks.onMessage(inbound.message, inbound.newestTs, eventNow);
    this.#writer.add({ inbound, ack, at: performance.now() });
    if (this.#writer.messages >= this.#maxPending || this.#writer.bytes >= MAX_PENDING_BYTES) this.#leaveBroker();
  }

  #onCommitted(batch: readonly Pending[], written: Written, receipts: readonly Receipt[]): void {
    for (const { ack, inbound } of batch) {
      if (!ack) continue;
      const { delivery } = inbound;
      const isTold = ack.session.acknowledge(ack);
      // Untimed messages with the same content may be two: these are told apart by their packets, in the database.
      if (delivery && isTold) this.#desk.onAcknowledged(delivery);
      if (!delivery && !isTold) this.#stored.add(inbound);
    }
    for (const receipt of receipts) {
      this.#receipts.set(`${receipt.venue}/${receipt.gateway}`, receipt);
      this.#publishReceipt(receipt);
    }
    this.#count(batch, written);
    this.#returnToBroker();
  }

  #count(batch: readonly Pending[], { inserted, duplicates, rejected }: Written): void {
    const { metrics } = this.options;
    const now = performance.now();
    metrics.ingestReadings.inc({ outcome: 'stored' }, inserted);
    metrics.ingestReadings.inc({ outcome: 'duplicate' }, duplicates);
    metrics.ingestReadings.inc({ outcome: 'rejected' }, rejected);
    metrics.ingestBatchRows.observe(inserted + duplicates);
    let withRejections = 0;
    let skipped = 0;
    for (const { inbound, at } of batch) {
      if (inbound.rejected.length > 0) withRejections++;
      skipped += inbound.skipped;
      metrics.ingestDelay.observe((now - at) / 1000);
      for (const { kind, state } of inbound.outcomes) metrics.commandOutcome.inc({ kind, outcome: state });
    }
    metrics.ingestReadings.inc({ outcome: 'skipped' }, skipped);
    metrics.ingestMessages.inc({ outcome: 'rejected' }, withRejections);
    metrics.ingestMessages.inc({ outcome: 'stored' }, batch.length - withRejections);
  }

  #onDevice({ device: { venue, id } }: KnownDevice, { newestTs, requests, presence }: DecodedDevice): void {
    const now = this.options.clock.now();
    this.#states.onDevice(venue, id, presence ?? 'online', now);
    this.#clocks.onDevice(venue, id, newestTs, this.known.eventClock.at(now));
    this.#request(venue, requests);
  }

  #keepAlive({ device, reader }: KnownDevice): void {
    this.#request(device.venue, reader.keepalive?.requests ?? []);
  }

  #request(venue: string, requests: readonly DeviceRequest[]): void {
    for (const { topic, payload } of requests) this.#sessions.get(shareOf(venue))?.publish(topic, Buffer.from(payload));
  }

  #publishReceipt({ venue, gateway, seq }: Receipt): void {
    this.#sessions.get(shareOf(venue))?.publish(topics.stored(venue, gateway), JSON.stringify({ seq }), true);
  }

  /**
   * A broker that was started again has lost what it retained. And gateways send again from a repeated receipt: an ingest that was started again
   * does not know which messages past a gap are stored and acknowledged.
   */
  #repeatReceipts(share: number): void {
    for (const receipt of this.#receipts.values()) if (shareOf(receipt.venue) === share) this.#publishReceipt(receipt);
  }

  #leaveBroker(): void {
    if (this.#away) return;
    this.#away = true;
    this.options.warn(
      `${this.#writer.messages} messages wait for the database; leaving the broker until it takes some.`,
    );
    for (const session of this.#sessions.values()) session.leave();
  }

  /** After a commit, with half of what made it leave still to be written. */
  #returnToBroker(): void {
    const { messages, bytes } = this.#writer;
    if (!this.#away || this.#ended || messages > this.#maxPending / 2 || bytes > MAX_PENDING_BYTES / 2) return;
    this.#away = false;
    for (const session of this.#sessions.values()) void session.join();
  }

  #onDropped(dropped: number): void {
    if (dropped > this.#dropped) {
      this.options.warn(`The broker has dropped ${dropped} messages: raise its queue (config/mosquitto.conf).`);
    }
    this.#dropped = dropped;
  }

  async #saveStates(): Promise<void> {
    const states = this.#states.take();
    if (!states) return;
    try {
      await this.options.store.operations.saveGatewayStates(states);
    } catch {
      // The next status is at most ten seconds away; the readings say when the database is.
    }
  }
}
