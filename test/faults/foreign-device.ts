import mqtt, { type MqttClient } from 'mqtt';

import type { Expected } from './audit.js';
import type { Source } from './pack.js';
import { Sent, type SentReading } from './sent.js';

/** How a device says a reading. */
export interface Dialect {
  readonly timed: boolean;
  topic(source: Source): string;
  payload(source: Source, reading: SentReading): string;
}

/** SenML (RFC 8428) with absolute times in seconds. */
export const SENML: Dialect = {
  timed: true,
  topic: ({ venue, id }) => `plant/${venue}/${id}`,
  payload: ({ id }, { value, ts }) =>
    JSON.stringify([{ bn: `${id}:`, bt: ts / 1_000, n: 'power', u: 'W', v: value * 1_000 }]),
};

/** Status of a Shelly Gen2+ energy meter: no time. */
export const SHELLY: Dialect = {
  timed: false,
  topic: ({ id }) => `${id}/status/em:0`,
  payload: (_source, { value }) => JSON.stringify({ id: 0, total_act_power: value * 1_000 }),
};

const AGAIN_MS = 500;
const MAX_UNACKNOWLEDGED = 1_000;

/**
 * A device of somebody else. It publishes at QoS 1, and forgets what it published when the connection breaks: what it sends twice would be two
 * messages for everybody behind the broker.
 */
export class ForeignDevice {
  readonly #sent = new Sent();
  readonly #acknowledged = new Set<number>();
  #client: MqttClient | undefined;
  #unacknowledged = 0;
  #wanted = true;

  constructor(
    private readonly url: string,
    readonly source: Source,
    private readonly dialect: Dialect,
  ) {
    this.#connect();
  }

  get connected(): boolean {
    return this.#client?.connected ?? false;
  }

  /** Messages whose fate is open. */
  get unacknowledged(): number {
    return this.#unacknowledged;
  }

  publish(): void {
    const client = this.#client;
    if (!client?.connected || this.#unacknowledged >= MAX_UNACKNOWLEDGED) return;
    const reading = this.#sent.add();
    this.#unacknowledged++;
    client.publish(this.dialect.topic(this.source), this.dialect.payload(this.source, reading), { qos: 1 }, (error) => {
      if (client !== this.#client) return;
      this.#unacknowledged--;
      if (!error) this.#acknowledged.add(reading.value);
    });
  }

  /** Everything published since the last `settle`; owed is what the broker acknowledged. */
  get expected(): readonly Expected[] {
    return this.#sent.open.map(({ value, ts }) => ({
      value,
      ts: this.dialect.timed ? ts : undefined,
      owed: this.#acknowledged.has(value),
    }));
  }

  /** The broker forgot what it had acknowledged. */
  excuse(): void {
    this.#acknowledged.clear();
  }

  settle(): void {
    this.#acknowledged.clear();
    this.#sent.settle();
  }

  stop(): void {
    this.#wanted = false;
    this.#client?.end(true);
  }

  #connect(): void {
    const client = mqtt.connect(this.url, { reconnectPeriod: 0, keepalive: 60 });
    this.#client = client;
    this.#unacknowledged = 0;
    client.on('error', () => undefined);
    client.once('close', () => {
      client.end(true);
      if (this.#wanted) setTimeout(() => this.#wanted && this.#connect(), AGAIN_MS);
    });
  }
}
