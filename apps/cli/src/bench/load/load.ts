import { setTimeout as delay } from 'node:timers/promises';

import { seededRandom } from '#libs/kernel';
import { topics } from '#libs/telemetry';

import { GatewayLoad } from './gateway-load.js';
import { Histogram } from './histogram.js';
import { MessageMaker } from './message-maker.js';
import { messagesDue, type Pace } from './pace.js';
import type { LoadResult, LoadRun, LoadSettings } from './protocol.js';
import { Publisher } from './publisher.js';

const TICK_MS = 5;
const DRAIN_SECONDS = 120;

interface Line {
  readonly load: GatewayLoad;
  readonly publisher: Publisher;
}

/** All gateways of a load, each on its own connection. */
export class Load {
  readonly #lines: Line[] = [];
  #delays = new Histogram();
  #window = 0;
  #readings = 1;
  #sent = 0;
  #turn = 0;
  #lost: string | undefined;

  static async connect({ mqttUrl, gateways, seed }: LoadSettings): Promise<Load> {
    const all = new Load();
    const random = seededRandom(seed);
    const firstSeq = Date.now();
    for (const entry of gateways) {
      const { venue, gateway } = entry;
      const delays = { add: (ms: number) => all.#delays.add(ms) };
      const load = new GatewayLoad(new MessageMaker(entry, random, Date.now), delays, {
        firstSeq,
        now: () => performance.now(),
      });
      const publisher = await Publisher.connect({
        url: mqttUrl,
        clientId: `bench-${venue}-${gateway}`,
        topic: topics.readings(venue, gateway),
        heard: topics.stored(venue, gateway),
        onMessage: (payload) => {
          load.onReceipt(payload);
          all.#fill(line);
        },
        onFreed: () => all.#fill(line),
        onLost: (reason) => (all.#lost ??= reason),
      });
      const line = { load, publisher };
      all.#lines.push(line);
    }
    return all;
  }

  /** Publishes for so many seconds, and waits until everything is receipted. */
  async run({ readingsPerMessage, pace, seconds, warmUpSeconds }: LoadRun): Promise<LoadResult> {
    this.#readings = readingsPerMessage;
    this.#delays = new Histogram();
    this.#sent = 0;
    const [storedBefore, begun] = [this.#stored(), performance.now()];
    await this.#publish(pace, begun, begun + warmUpSeconds * 1000);
    for (const { load } of this.#lines) load.measureFromHere();
    const [storedWarm, warm] = [this.#stored(), performance.now()];
    await this.#publish(pace, begun, begun + seconds * 1000);
    this.#window = 0;
    const [stored, ended] = [this.#stored(), performance.now()];
    const behind = pace.kind === 'rate' ? messagesDue(pace.messagesPerSecond, ended - begun, this.#sent) : 0;
    const backlog = (this.#open() + behind) * readingsPerMessage;
    await this.#drain();
    for (const { load } of this.#lines) load.endMeasuring();
    if (this.#stored() - storedBefore !== this.#sent) throw new Error('Receipts and messages do not add up.');
    const messagesPerSecond = ((stored - storedWarm) / (ended - warm)) * 1000;
    return {
      published: this.#sent * readingsPerMessage,
      messages: this.#sent,
      messagesPerSecond,
      readingsPerSecond: messagesPerSecond * readingsPerMessage,
      delayP50Ms: this.#delays.quantile(0.5),
      delayP99Ms: this.#delays.quantile(0.99),
      backlog,
    };
  }

  async #publish(pace: Pace, begun: number, until: number): Promise<void> {
    if (pace.kind === 'window') this.#window = Math.ceil(pace.messages / this.#lines.length);
    for (const line of this.#lines) this.#fill(line);
    while (performance.now() < until) {
      this.#check();
      if (pace.kind === 'rate')
        this.#sendInTurn(messagesDue(pace.messagesPerSecond, performance.now() - begun, this.#sent));
      await delay(TICK_MS);
    }
  }

  /** A rate: the gateways take turns, from where the last tick stopped; who has no room is passed over. */
  #sendInTurn(due: number): void {
    const share = Math.ceil(due / this.#lines.length);
    let left = due;
    for (let count = 0; count < this.#lines.length && left > 0; count++) {
      const line = this.#lines[this.#turn++ % this.#lines.length];
      const sent = line?.load.send(line.publisher, Math.min(share, left), this.#readings) ?? 0;
      this.#sent += sent;
      left -= sent;
    }
  }

  /** A window: up to it, each time that something was receipted or acknowledged. */
  #fill({ load, publisher }: Line): void {
    this.#sent += load.send(publisher, this.#window - load.open, this.#readings);
  }

  async #drain(): Promise<void> {
    const limit = performance.now() + DRAIN_SECONDS * 1000;
    while (this.#open() > 0) {
      this.#check();
      if (performance.now() > limit)
        throw new Error(`${this.#open()} messages have no receipt ${DRAIN_SECONDS} s after the last was published.`);
      await delay(TICK_MS);
    }
  }

  #stored(): number {
    return this.#lines.reduce((sum, { load }) => sum + load.stored, 0);
  }

  #open(): number {
    return this.#lines.reduce((sum, { load }) => sum + load.open, 0);
  }

  #check(): void {
    if (this.#lost !== undefined) throw new Error(`A publisher lost its connection: ${this.#lost}.`);
  }
}
