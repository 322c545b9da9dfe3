import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { connect, type MqttClient } from 'mqtt';
import { epochMs, eventTimeAt, type EpochMs, systemClock } from '#libs/kernel';
import { clockMessage, type ClockMessage, topics } from '#libs/telemetry';

import { CONTEXT, needsBroker, type PlatformContext } from '../context.js';

const RECONNECT_MS = 2_000;
/** The clock speaks every 10 s; after three silences it counts as gone. */
const CLOCK_SILENCE_MS = 30_000;

export interface ClockView {
  readonly state: 'online' | 'offline' | 'unknown';
  readonly event_ms: EpochMs;
  readonly wall_ms: EpochMs;
  readonly speed: number;
}

/** A process's own small connection to the broker: whether it is there, and the event clock. Only listens. */
@Injectable()
export class BrokerWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private client: MqttClient | undefined;
  private clock: { readonly message: ClockMessage; readonly heard: EpochMs } | undefined;
  private online: EpochMs | undefined;

  constructor(@Inject(CONTEXT) private readonly context: PlatformContext) {}

  get connected(): boolean {
    return this.client?.connected ?? false;
  }

  /** Event time now: the published clock run on, or wall time while none was heard. */
  eventNow(): EpochMs {
    return this.clockView().event_ms;
  }

  /** Event time when control last said that it is there; of what the broker kept, when it said so. Undefined before it was heard. */
  get lastOnline(): EpochMs | undefined {
    return this.online;
  }

  clockView(): ClockView {
    const wall = systemClock.now();
    if (!this.clock) return { state: 'unknown', event_ms: wall, wall_ms: wall, speed: 1 };
    const { message, heard } = this.clock;
    const event = eventTimeAt(
      { eventMs: epochMs(message.event_ms), wallMs: epochMs(message.wall_ms), speed: message.speed },
      wall,
    );
    const silent = wall - heard > CLOCK_SILENCE_MS || !this.connected;
    const state = silent ? 'offline' : message.state;
    return { state, event_ms: event, wall_ms: wall, speed: message.speed };
  }

  onApplicationBootstrap(): void {
    const { mqttUrl, roles } = this.context.settings;
    if (!needsBroker(roles)) return;
    const client = connect(mqttUrl, { reconnectPeriod: RECONNECT_MS, connectTimeout: 5_000 });
    this.client = client;
    // Reconnects by itself; /health/ready and the overview say when it is away.
    client.on('error', () => undefined);
    client.on('connect', () => client.subscribe(topics.clock(), { qos: 1 }));
    client.on('message', (topic, payload) => this.hear(topic, payload));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client?.endAsync(true);
  }

  private hear(topic: string, payload: Uint8Array): void {
    if (topic !== topics.clock()) return;
    const message = clockMessage.safeParse(readJson(payload));
    if (!message.success) return;
    this.clock = { message: message.data, heard: systemClock.now() };
    if (message.data.state === 'online' || this.online === undefined) this.online = epochMs(message.data.event_ms);
  }
}

const readJson = (payload: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch {
    return undefined;
  }
};
