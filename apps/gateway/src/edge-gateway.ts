import { type Clock, type EpochMs, epochMs } from '#libs/kernel';
import type { Gateway, Pack, Venue } from '#libs/games';
import {
  type ClockMessage,
  clockMessage,
  decodeMessage,
  setpointMessage,
  type StatusMessage,
  storedMessage,
  topicLevels,
  topics,
} from '#libs/telemetry';
import { bufferDirectory, DiskBuffer } from './buffer/disk-buffer.js';
import type { Answer } from './commands/answer.js';
import { Link } from './link/link.js';
import { type Asset, ASSETS, Plant, type PlantMinute } from './plant/plant.js';
import { FollowedClock } from './replay/event-clock.js';
import { Schedule } from './replay/schedule.js';
import { Uplink } from './uplink.js';

export interface EdgeOptions {
  readonly pack: Pack;
  readonly home: string;
  readonly mqttUrl: string;
  readonly clock: Clock;
  readonly warn: (line: string) => void;
}

const STATUS_MS = 10_000;
/** Sooner when the last word was of a backlog that is gone. */
const EMPTIED_MS = 1_000;

interface Unwritten {
  readonly message: Parameters<DiskBuffer['append']>[0];
  readonly answers: PlantMinute['answers'];
}

/** One gateway of the pack: plant -> disk buffer -> MQTT, and setpoints back to the plant. `tick` drives it. */
export class EdgeGateway {
  readonly #buffer: DiskBuffer;
  readonly #uplink: Uplink;
  readonly #link: Link;
  readonly #plant: Plant;
  readonly #schedule: Schedule;
  readonly #clock = new FollowedClock();
  #statusAt = -Infinity;
  #saidBuffered = 0;
  /** Made, but not on the disk yet. */
  #unwritten: Unwritten | undefined;

  constructor(
    private readonly options: EdgeOptions,
    private readonly venue: Venue,
    private readonly gateway: Gateway,
  ) {
    const { home, mqttUrl, clock, pack, warn } = options;
    const directory = bufferDirectory(home, venue.id, gateway.id);
    this.#buffer = new DiskBuffer({ directory, firstSeq: clock.now() });
    this.#plant = new Plant(pack, venue, gateway, this.#buffer.last?.soc_ratio ?? null);
    this.#schedule = new Schedule(this.#buffer.last?.minute);
    const readings = topics.readings(venue.id, gateway.id);
    this.#uplink = new Uplink(this.#buffer, (message) => this.#link.publish(readings, message));
    this.#link = new Link({
      url: mqttUrl,
      clientId: `venueflow-gateway-${venue.id}-${gateway.id}`,
      subscriptions: [topics.stored(venue.id, gateway.id), topics.setpoint(venue.id, '+'), topics.clock()],
      will: { topic: this.#statusTopic, payload: JSON.stringify({ state: 'offline', ts: clock.now() }) },
      onConnect: () => {
        this.#publishStatus();
        this.#uplink.onConnect(clock.now());
      },
      onDisconnect: () => this.#uplink.onDisconnect(),
      onMessage: (topic, payload) => this.#onMessage(topic, payload),
      warn,
    });
  }

  /** Makes what is due and sends what may be sent. Called a few times a second; a gap is filled an hour a call. */
  tick(): void {
    const wall = this.options.clock.now();
    const eventNow = this.#clock.findNow(wall);
    if (eventNow !== undefined) {
      this.#unwritten ??= this.#make(eventNow);
      if (this.#unwritten && this.#write(this.#unwritten)) this.#unwritten = undefined;
    }
    this.#uplink.pump(wall);
    const emptied = this.#saidBuffered > 0 && this.#buffer.buffered === 0;
    if (wall - this.#statusAt >= (emptied ? EMPTIED_MS : STATUS_MS)) this.#publishStatus();
  }

  async stop(): Promise<void> {
    await this.#link.stop({ topic: this.#statusTopic, message: this.#status('offline') });
    this.#buffer.close();
  }

  get #statusTopic(): string {
    return topics.status(this.venue.id, this.gateway.id);
  }

  #status(state: StatusMessage['state']): StatusMessage {
    const { buffered, published } = this.#buffer;
    return { state, ts: this.options.clock.now(), buffered, published };
  }

  #publishStatus(): void {
    this.#statusAt = this.options.clock.now();
    this.#saidBuffered = this.#buffer.buffered;
    this.#link.publish(this.#statusTopic, this.#status('online'), true);
  }

  #make(eventNow: EpochMs): Unwritten | undefined {
    const minutes = this.#schedule.due(eventNow);
    const last = minutes.at(-1);
    if (last === undefined) return undefined;
    const made = minutes.map((minute) => this.#plant.run(minute));
    const soc_ratio = this.venue.battery ? this.#plant.socRatio : null;
    this.#schedule.done(last);
    return {
      message: { minute: last, soc_ratio, readings: made.flatMap(({ readings }) => readings) },
      answers: made.flatMap(({ answers }) => answers),
    };
  }

  /** A disk that does not take it is asked again with the next tick; meanwhile nothing more is made. */
  #write({ message, answers }: Unwritten): boolean {
    try {
      this.#buffer.append(message);
    } catch (error) {
      this.options.warn(`the buffer of ${this.gateway.id} cannot be written (${String(error)}); trying again.`);
      return false;
    }
    for (const { asset, answer } of answers) this.#answer(asset, answer, message.minute);
    return true;
  }

  #onMessage(topic: string, payload: Uint8Array): void {
    const [venue, second, third] = topicLevels(topic) ?? [];
    if (topic === topics.clock()) {
      const clock = decodeMessage(clockMessage, payload);
      if (clock.ok) this.#onClock(clock.value);
    } else if (topic === topics.stored(this.venue.id, this.gateway.id)) {
      const stored = decodeMessage(storedMessage, payload);
      if (stored.ok) this.#onStored(stored.value.seq);
    } else if (venue === this.venue.id && second === 'setpoints') {
      const asset = ASSETS.find((known) => known === third);
      if (asset) this.#onSetpoint(asset, payload);
    }
  }

  #onClock(message: ClockMessage): void {
    this.#clock.onMessage(message);
    if (message.recorded_from !== undefined) this.#schedule.startFrom(epochMs(message.recorded_from));
  }

  #onStored(seq: number): void {
    if (seq >= this.#buffer.next) {
      this.options.warn(
        `${this.gateway.id}: the platform has a receipt for ${seq}, past the newest message ${this.#buffer.next - 1}; ignored.`,
      );
    } else this.#uplink.onReceipt(seq, this.options.clock.now());
  }

  #onSetpoint(asset: Asset, payload: Uint8Array): void {
    const decoded = decodeMessage(setpointMessage, payload);
    if (!decoded.ok) {
      this.options.warn(`${this.venue.id}: a setpoint for ${asset} is ${decoded.error.code}; ignored.`);
      return;
    }
    const eventNow = this.#clock.findNow(this.options.clock.now());
    const answer = this.#plant.offer(asset, decoded.value, eventNow);
    if (answer) this.#answer(asset, answer, eventNow ?? decoded.value.issued);
  }

  #answer(asset: Asset, answer: Answer, ts: number): void {
    if (this.#plant.has(asset)) this.#link.publish(topics.setpointResult(this.venue.id, asset), { ...answer, ts });
  }
}
