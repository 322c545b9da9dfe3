import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { connect, type MqttClient } from 'mqtt';
import { epochMs, eventTimeAt, type EpochMs, systemClock } from '#libs/kernel';
import {
  clockMessage,
  type ClockMessage,
  statusMessage,
  type StatusMessage,
  topicLevels,
  topics,
} from '#libs/telemetry';

import { CONTEXT, type PlatformContext } from '../context.js';

const RECONNECT_MS = 2_000;
/** The clock speaks every 10 s; after three silences it counts as gone. */
const CLOCK_SILENCE_MS = 30_000;

export interface ClockView {
  readonly state: 'online' | 'offline' | 'unknown';
  readonly event_ms: EpochMs;
  readonly wall_ms: EpochMs;
  readonly speed: number;
}

/** A process's own small connection to the broker: whether it is there, the event clock, and which gateways are online. Only listens. */
@Injectable()
export class BrokerWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private client: MqttClient | undefined;
  private clock: { readonly message: ClockMessage; readonly heard: EpochMs } | undefined;
  private readonly gateways = new Map<string, StatusMessage>();

  constructor(@Inject(CONTEXT) private readonly context: PlatformContext) {}

  get connected(): boolean {
    return this.client?.connected ?? false;
  }

  /** Event time now: the published clock run on, or wall time while none was heard. */
  eventNow(): EpochMs {
    return this.clockView().event_ms;
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

  findGateway(venue: string, gateway: string): StatusMessage | undefined {
    return this.gateways.get(topics.status(venue, gateway));
  }

  onApplicationBootstrap(): void {
    const client = connect(this.context.settings.mqttUrl, { reconnectPeriod: RECONNECT_MS, connectTimeout: 5_000 });
    this.client = client;
    // Reconnects by itself; /health/ready and the overview say when it is away.
    client.on('error', () => undefined);
    client.on('connect', () => client.subscribe([topics.clock(), topics.status('+', '+')], { qos: 1 }));
    client.on('message', (topic, payload) => this.hear(topic, payload));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client?.endAsync(true);
  }

  private hear(topic: string, payload: Uint8Array): void {
    const document = readJson(payload);
    if (topic === topics.clock()) {
      const message = clockMessage.safeParse(document);
      if (message.success) this.clock = { message: message.data, heard: systemClock.now() };
      return;
    }
    const [venue, gateway] = topicLevels(topic) ?? [];
    const known = this.context.pack.gateways.some(({ id, venue: at }) => id === gateway && at === venue);
    const message = statusMessage.safeParse(document);
    if (known && message.success) this.gateways.set(topic, message.data);
  }
}

const readJson = (payload: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch {
    return undefined;
  }
};
