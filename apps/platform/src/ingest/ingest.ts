import { setTimeout as delay } from 'node:timers/promises';
import mqtt, { type IPublishPacket } from 'mqtt';
import { maskUrl } from '#libs/access';
import { type Clock, type EpochMs, epochMs, errorMessage } from '#libs/kernel';
import type { Pack } from '#libs/games';
import type { Metrics } from '#libs/observability';
import type { Receipt, Store } from '#libs/store';
import { Batcher, clockMessage, decodeMessage, PointDirectory, ReceiptTracker, topics } from '#libs/telemetry';
import { persistWith } from './back-off.js';
import { commandTargets } from './command-targets.js';
import { DelayedAcks, type PendingAck } from './delayed-acks.js';
import { GatewayStates } from './gateway-states.js';
import { HeardClock } from './heard-clock.js';
import { type Inbound, readInbound } from './inbound.js';
import { StoredUnacknowledged } from './stored-unacknowledged.js';
import { isValueError, type Persist, writeInbound } from './write-inbound.js';

/** Un-acknowledged messages, and their bytes, at which reading stops until the database takes some. */
const MAX_PENDING = 20_000;
const MAX_PENDING_BYTES = 128 * 1_048_576;
const BATCH = { maxRows: 5_000, maxAgeMs: 100 };
const STATES_MS = 1_000;
const FLUSH_MS = 1_500;
const DROPPED_TOPIC = '$SYS/broker/publish/messages/dropped';

export interface IngestOptions {
  readonly mqttUrl: string;
  readonly pack: Pack;
  readonly store: Pick<Store, 'readings' | 'operations' | 'registerPack'>;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly warn: (line: string) => void;
  /** The durable session's name; one a process. */
  readonly clientId?: string;
  /** Messages that may wait for the database; 20,000 when absent. */
  readonly maxPending?: number;
}

interface Pending {
  readonly inbound: Inbound;
  readonly ack: PendingAck | undefined;
  readonly at: EpochMs;
}

/**
 * MQTT -> decode -> batch -> database -> PUBACK and receipts. The broker is told of a message only when it is committed. While the database is
 * away it goes on reading, acknowledges nothing, and past 20,000 messages leaves the broker until a commit succeeds.
 */
export class Ingest {
  readonly #client: mqtt.MqttClient;
  readonly #acks: DelayedAcks;
  readonly #batcher = new Batcher<Pending>(BATCH);
  readonly #states: GatewayStates;
  readonly #receipts: Map<string, Receipt>;
  readonly #tracker: ReceiptTracker;
  readonly #stopping = new AbortController();
  readonly #persist: Persist;
  readonly #stateTimer: NodeJS.Timeout;
  readonly #maxPending: number;
  readonly #stored = new StoredUnacknowledged();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #pending = 0;
  #pendingBytes = 0;
  /** Set while it is away from the broker; settles when the connection is down. */
  #leaving: Promise<void> | undefined;
  #ended = false;
  #dropped = 0;

  private constructor(
    private readonly options: IngestOptions,
    private readonly directory: PointDirectory,
    receipts: readonly Receipt[],
    private readonly eventClock: HeardClock,
  ) {
    const { mqttUrl, clientId = 'venueflow-ingest', warn } = options;
    this.#states = new GatewayStates((venue, gateway) => directory.findPoints(venue, gateway) !== undefined);
    this.#receipts = new Map(receipts.map((receipt) => [`${receipt.venue}/${receipt.gateway}`, receipt]));
    this.#tracker = new ReceiptTracker(receipts);
    this.#maxPending = options.maxPending ?? MAX_PENDING;
    this.#persist = persistWith({
      isFinal: isValueError,
      onFailing: (line) =>
        warn(`The database does not take readings (${line}); nothing is acknowledged, trying again.`),
      onRecovered: () => warn('The database takes readings again.'),
      signal: this.#stopping.signal,
    });
    this.#client = mqtt.connect(mqttUrl, {
      clientId,
      clean: false,
      resubscribe: false,
      reconnectPeriod: 1_000,
      connectTimeout: 10_000,
      keepalive: 30,
    });
    this.#acks = new DelayedAcks(this.#client, (packet, ack) => this.#onMessage(packet, ack));
    this.#client.on('connect', () => void this.#onConnect());
    let lost = false;
    this.#client.on('connect', () => (lost = false));
    this.#client.on('error', (error) => {
      if (!lost)
        warn(`The broker ${maskUrl(mqttUrl)} cannot be reached (${errorMessage(error)}); trying again each second.`);
      lost = true;
    });
    this.#stateTimer = setInterval(() => void this.#saveStates(), STATES_MS);
  }

  /** Reads from the database what is known of points, receipts and event time, then begins. Rejects when the database cannot tell. */
  static async start(options: IngestOptions): Promise<Ingest> {
    const { pack, store } = options;
    const rows = await store.registerPack(pack);
    const specs = new Map(
      pack.gateways.flatMap((gateway) =>
        gateway.points.map((point) => [`${gateway.venue}/${point.id}`, point] as const),
      ),
    );
    const entries = rows.flatMap((row) => {
      const spec = specs.get(`${row.venue}/${row.point}`);
      return spec ? [{ ...row, unit: spec.unit, min: spec.min, max: spec.max }] : [];
    });
    const receipts = await store.readings.receipts();
    const reserved = (await store.operations.loadClock())?.reservedEventMs ?? epochMs(0);
    return new Ingest(options, new PointDirectory(entries, commandTargets(pack)), receipts, new HeardClock(reserved));
  }

  /** Writes what is at hand and leaves the broker, within 2.5 s. What could not be written stays with the broker and the gateways. */
  async stop(): Promise<void> {
    this.#ended = true;
    clearInterval(this.#stateTimer);
    clearTimeout(this.#timer);
    const limit = setTimeout(() => this.#stopping.abort(), FLUSH_MS);
    const aborted = new Promise<void>((resolve) => {
      this.#stopping.signal.addEventListener('abort', () => setTimeout(resolve, 500));
    });
    await Promise.race([this.#drain(), aborted]);
    clearTimeout(limit);
    // An orderly end waits for the receipts' own acknowledgements, which may never come.
    await Promise.race([this.#leaving ?? this.#client.endAsync(), delay(500, undefined, { ref: false })]);
    this.#client.stream.destroy();
  }

  async #drain(): Promise<void> {
    while (this.#batcher.size > 0 && !this.#stopping.signal.aborted) await this.#flush();
    await this.#writing;
    await this.#saveStates();
  }

  #onMessage(packet: IPublishPacket, ack: PendingAck | undefined): void {
    // What comes while it ends, or while it is away, is sent again.
    if (this.#ended || this.#leaving) return;
    const { topic } = packet;
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    if (topic === topics.clock()) {
      const decoded = decodeMessage(clockMessage, payload);
      if (decoded.ok) this.eventClock.onMessage(decoded.value);
    } else if (topic === DROPPED_TOPIC) this.#onDropped(Number(payload.toString()));
    else if (topic.endsWith('/status')) this.#states.onMessage(topic, payload);
    else {
      this.#take({ topic, payload, ack });
      return;
    }
    if (ack) this.#acks.send(ack);
  }

  #take({ topic, payload, ack }: { topic: string; payload: Uint8Array; ack: PendingAck | undefined }): void {
    if (ack && this.#stored.take({ topic, payload })) {
      this.#acks.send(ack);
      return;
    }
    const at = this.options.clock.now();
    const inbound = readInbound(topic, payload, this.directory, this.eventClock.at(at));
    this.#batcher.add({ inbound, ack, at }, Math.max(1, inbound.readings.length), at);
    this.#pending++;
    this.#pendingBytes += payload.length;
    if (this.#pending >= this.#maxPending || this.#pendingBytes >= MAX_PENDING_BYTES) this.#leaveBroker();
    this.#schedule();
  }

  #schedule(): void {
    if (this.#writing || this.#timer) return;
    const wait = this.#batcher.dueIn(this.options.clock.now());
    if (wait === undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#flush();
    }, wait);
  }

  /** Writes one batch; one at a time, in order. */
  async #flush(): Promise<void> {
    this.#writing ??= this.#write(this.#batcher.take()).finally(() => {
      this.#writing = undefined;
      if (!this.#ended) this.#schedule();
    });
    await this.#writing;
  }

  async #write(batch: readonly Pending[]): Promise<void> {
    const inbounds = batch.map(({ inbound }) => inbound);
    const receipts = this.#tracker.add(inbounds.flatMap(({ message }) => message ?? []));
    let written;
    try {
      written = await writeInbound(inbounds, receipts, this.options.store, this.#persist);
    } catch (error) {
      this.options.warn(`${batch.length} messages were not written before the end (${errorMessage(error)}).`);
      return;
    }
    for (const { ack, inbound } of batch) if (ack && !this.#acks.send(ack)) this.#stored.add(inbound);
    for (const receipt of receipts) {
      this.#receipts.set(`${receipt.venue}/${receipt.gateway}`, receipt);
      this.#publishReceipt(receipt);
    }
    this.#pending -= batch.length;
    this.#pendingBytes -= inbounds.reduce((sum, { payload }) => sum + payload.length, 0);
    this.#count(batch, written);
    await this.#returnToBroker();
  }

  #count(batch: readonly Pending[], written: Awaited<ReturnType<typeof writeInbound>>): void {
    const { metrics, clock } = this.options;
    const now = clock.now();
    metrics.ingestReadings.inc({ outcome: 'stored' }, written.inserted);
    metrics.ingestReadings.inc({ outcome: 'duplicate' }, written.duplicates);
    metrics.ingestReadings.inc({ outcome: 'rejected' }, written.rejected);
    metrics.ingestBatchRows.observe(written.inserted + written.duplicates);
    for (const { inbound, at } of batch) {
      metrics.ingestMessages.inc({ outcome: inbound.rejected.length > 0 ? 'rejected' : 'stored' });
      metrics.ingestDelay.observe(Math.max(0, now - at) / 1000);
      for (const { kind, state } of inbound.outcomes) metrics.commandOutcome.inc({ kind, outcome: state });
    }
  }

  #publishReceipt({ venue, gateway, seq }: Receipt): void {
    if (!this.#client.connected) return;
    this.#client.publish(topics.stored(venue, gateway), JSON.stringify({ seq }), { qos: 1, retain: true });
  }

  async #onConnect(): Promise<void> {
    const filters = [
      topics.readings('+', '+'),
      topics.setpointResult('+', '+'),
      topics.ordersResult('+'),
      topics.status('+', '+'),
    ];
    try {
      await this.#client.subscribeAsync(filters, { qos: 1 });
      await this.#client.subscribeAsync([topics.clock(), DROPPED_TOPIC], { qos: 0 });
    } catch (error) {
      if (this.#client.connected && !this.#ended)
        this.options.warn(`The broker refuses subscriptions (${errorMessage(error)}).`);
      return;
    }
    // A broker that was started again has lost what it retained. And gateways send again from a repeated receipt: an ingest that was started again
    // does not know which messages past a gap are stored and acknowledged.
    for (const receipt of this.#receipts.values()) this.#publishReceipt(receipt);
  }

  #leaveBroker(): void {
    if (this.#leaving) return;
    this.options.warn(`${this.#pending} messages wait for the database; leaving the broker until it takes some.`);
    this.#leaving = this.#client.endAsync(true);
  }

  /** After a commit, with half of what made it leave still to be written. */
  async #returnToBroker(): Promise<void> {
    if (!this.#leaving || this.#pending > this.#maxPending / 2 || this.#pendingBytes > MAX_PENDING_BYTES / 2) return;
    await this.#leaving;
    if (this.#ended) return;
    this.#leaving = undefined;
    this.#client.reconnect();
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
      await this.options.store.operations.putState('gateways', states);
    } catch {
      // The next status is at most ten seconds away; the readings say when the database is.
    }
  }
}
