import { connect, type MqttClient } from 'mqtt';

const RECONNECT_MS = 1_000;
const ACKNOWLEDGE_MS = 5_000;

export interface Will {
  readonly topic: string;
  readonly payload: () => object;
}

/**
 * The control role's connection to the broker. What cannot be sent now is not queued: the sender keeps what has to be true and says it again,
 * so an outage grows nothing.
 */
export class BrokerLink {
  private readonly client: MqttClient;

  /** Connects in the background and again after each loss. `onConnect` is called each time: the broker may have forgotten what it retained. */
  constructor(url: string, will: Will, onConnect: () => void) {
    this.client = connect(url, {
      clean: true,
      reconnectPeriod: RECONNECT_MS,
      connectTimeout: ACKNOWLEDGE_MS,
      queueQoSZero: false,
      will: { topic: will.topic, payload: Buffer.from(JSON.stringify(will.payload())), qos: 1, retain: true },
    });
    this.client.on('connect', onConnect);
    // Each failed attempt is an event; the state is in `connected`, and the platform's health says so.
    this.client.on('error', () => undefined);
  }

  get connected(): boolean {
    return this.client.connected;
  }

  /** Publishes a retained message at QoS 1; false when the broker did not take it in time. */
  publishRetained(topic: string, message: object): Promise<boolean> {
    return this.send(topic, message, true);
  }

  /** The same, and the broker does not keep it. */
  publish(topic: string, message: object): Promise<boolean> {
    return this.send(topic, message, false);
  }

  private async send(topic: string, message: object, retain: boolean): Promise<boolean> {
    if (!this.client.connected) return false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(resolve, ACKNOWLEDGE_MS, false);
    });
    const taken = this.client.publishAsync(topic, JSON.stringify(message), { qos: 1, retain }).then(
      () => true,
      () => false,
    );
    return Promise.race([taken, late]).finally(() => {
      clearTimeout(timer);
    });
  }

  async close(): Promise<void> {
    await this.client.endAsync(!this.client.connected);
  }
}
