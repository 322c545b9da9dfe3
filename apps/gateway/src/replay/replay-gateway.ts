import { type EpochMs, epochMs } from '#libs/kernel';
import type { Gateway, Pack, Venue } from '#libs/games';
import { type ClockMessage, clockMessage, decodeMessage, setpointMessage, topicLevels, topics } from '#libs/telemetry';
import type { BufferMessage } from '../buffer/record.js';
import type { Answer } from '../commands/answer.js';
import { EdgeGateway, type EdgeOptions } from '../edge-gateway.js';
import { Plant, type PlantMinute } from '../plant/plant.js';
import { FollowedClock } from './event-clock.js';
import { Schedule } from './schedule.js';

interface Unwritten {
  readonly message: BufferMessage & { readonly minute: EpochMs };
  readonly answers: PlantMinute['answers'];
}

/** One gateway of the pack with its recording: plant -> edge, and setpoints back to the plant. `tick` drives it. */
export class ReplayGateway {
  readonly #edge: EdgeGateway;
  readonly #plant: Plant;
  readonly #schedule: Schedule;
  readonly #clock = new FollowedClock();
  /** Made, but not on the disk yet. */
  #unwritten: Unwritten | undefined;

  constructor(
    private readonly options: EdgeOptions,
    pack: Pack,
    private readonly venue: Venue,
    gateway: Gateway,
  ) {
    this.#edge = new EdgeGateway(
      options,
      { venue: venue.id, gateway: gateway.id },
      {
        subscriptions: [topics.setpoint(venue.id, '+')],
        onMessage: (topic, payload) => this.#onMessage(topic, payload),
      },
    );
    const { last } = this.#edge.buffer;
    this.#plant = new Plant(pack, venue, gateway, { soc_ratio: last?.soc_ratio ?? null, stored: last?.stored });
    this.#schedule = new Schedule(last?.minute);
  }

  /** Makes what is due and sends what may be sent. A gap is filled an hour a call. */
  tick(): void {
    const eventNow = this.#clock.findNow(this.options.clock.now());
    if (eventNow !== undefined) {
      this.#unwritten ??= this.#make(eventNow);
      if (this.#unwritten && this.#write(this.#unwritten)) this.#unwritten = undefined;
    }
    this.#edge.tick();
  }

  stop(): Promise<void> {
    return this.#edge.stop();
  }

  #make(eventNow: EpochMs): Unwritten | undefined {
    const minutes = this.#schedule.due(eventNow);
    const last = minutes.at(-1);
    if (last === undefined) return undefined;
    const made = minutes.map((minute) => this.#plant.run(minute));
    this.#schedule.done(last);
    return {
      message: { minute: last, ...this.#plant.state, readings: made.flatMap(({ readings }) => readings) },
      answers: made.flatMap(({ answers }) => answers),
    };
  }

  /** A disk that does not take it is asked again with the next tick; meanwhile nothing more is made. */
  #write({ message, answers }: Unwritten): boolean {
    if (!this.#edge.append(message)) return false;
    for (const { asset, answer } of answers) this.#answer(asset, answer, message.minute);
    return true;
  }

  #onMessage(topic: string, payload: Uint8Array): void {
    const [venue, second, third] = topicLevels(topic) ?? [];
    if (topic === topics.clock()) {
      const clock = decodeMessage(clockMessage, payload);
      if (clock.ok) this.#onClock(clock.value);
    } else if (venue === this.venue.id && second === 'setpoints') {
      if (third !== undefined && this.#plant.has(third)) this.#onSetpoint(third, payload);
    }
  }

  #onClock(message: ClockMessage): void {
    this.#clock.onMessage(message);
    if (message.recorded_from !== undefined) this.#schedule.startFrom(epochMs(message.recorded_from));
  }

  #onSetpoint(asset: string, payload: Uint8Array): void {
    const decoded = decodeMessage(setpointMessage, payload);
    if (!decoded.ok) {
      this.options.warn(`${this.venue.id}: a setpoint for ${asset} is ${decoded.error.code}; ignored.`);
      return;
    }
    const eventNow = this.#clock.findNow(this.options.clock.now());
    const answer = this.#plant.offer(asset, decoded.value, eventNow);
    if (answer) this.#answer(asset, answer, eventNow ?? decoded.value.issued);
  }

  #answer(asset: string, answer: Answer, ts: number): void {
    if (this.#plant.has(asset)) this.#edge.publish(topics.setpointResult(this.venue.id, asset), { ...answer, ts });
  }
}
