import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mqtt, { type MqttClient } from 'mqtt';
import {
  readingMessage,
  readingsMessage,
  ReceiptTracker,
  type StatusMessage,
  statusMessage,
  topicLevels,
  topics,
} from '#libs/telemetry';
import { openTestBroker, type TestBroker } from '../broker.js';

const dist = (path: string) => fileURLToPath(new URL(`../../../dist/apps/${path}`, import.meta.url));
export const campus = fileURLToPath(new URL('../../../config/campus-replay', import.meta.url));
export const [venue, gateway] = ['marshall', 'gw-marshall'];

const EXIT_MS = 40_000;

export interface Run {
  readonly child: ChildProcess;
  readonly said: { out: string; err: string };
  exit(): Promise<number | null>;
}

/** A broker, and a platform that stores in memory: each reading by point and time, receipts as ingest gives them. */
export interface GatewayWorld {
  readonly home: string;
  readonly broker: TestBroker;
  readonly client: MqttClient;
  /** Values by `<point>@<ts>`. */
  readonly stored: Map<string, number>;
  /** Seqs in the order in which they came. */
  readonly seqs: number[];
  /** Lowest seq that the gateway last said it holds. */
  oldest: number | undefined;
  status(): StatusMessage | undefined;
  /** Whether what comes is stored and receipted. */
  online: boolean;
  /** Starts the gateway's program, or `venueflow gateway` with the same flags. */
  start(
    flags: Readonly<Record<string, string>>,
    by?: { readonly cli?: boolean; readonly env?: Record<string, string> },
  ): Run;
  close(): Promise<void>;
}

export const openGatewayWorld = async (): Promise<GatewayWorld> => {
  const home = mkdtempSync(join(tmpdir(), 'venueflow-gateway-'));
  const broker = await openTestBroker();
  const client = await mqtt.connectAsync(broker.url, { reconnectPeriod: 0 });
  const tracker = new ReceiptTracker([]);
  const children = new Set<ChildProcess>();
  let status: StatusMessage | undefined;
  const world: GatewayWorld = {
    home,
    broker,
    client,
    stored: new Map(),
    seqs: [],
    oldest: undefined,
    online: true,
    status: () => status,
    start: (flags, { cli = false, env = {} } = {}) => {
      const all = { '--games': campus, '--mqtt': broker.url, '--home': home, ...flags };
      const [program, ...command] = cli ? [dist('cli/src/main.js'), 'gateway'] : [dist('gateway/src/main.js')];
      const args = [program, ...command, ...Object.entries(all).flat()].map(String);
      const child = spawn(process.execPath, args, { env: { ...process.env, ...env } });
      children.add(child);
      const said = { out: '', err: '' };
      child.stdout.on('data', (text: Buffer) => (said.out += text.toString()));
      child.stderr.on('data', (text: Buffer) => (said.err += text.toString()));
      child.stdin.on('error', () => undefined);
      const ended = once(child, 'exit').then(([code]) => code as number | null);
      const late = async () => {
        await delay(EXIT_MS, undefined, { ref: false });
        throw new Error(`The gateway has not ended in ${EXIT_MS / 1000} s. It said: ${said.out}${said.err}`);
      };
      return { child, said, exit: () => Promise.race([ended, late()]) };
    },
    close: async () => {
      for (const child of children) child.kill('SIGKILL');
      await client.endAsync(true);
      await broker.close();
      rmSync(home, { recursive: true });
    },
  };
  client.on('message', (topic, payload) => {
    const [from = '', name = '', kind] = topicLevels(topic) ?? [];
    const message: unknown = JSON.parse(payload.toString());
    if (kind === 'status') status = statusMessage.parse(message);
    if (kind !== 'readings') return;
    const { seq, oldest, readings } = readingsMessage.parse(message);
    world.oldest = oldest;
    if (!world.online) return;
    world.seqs.push(seq);
    for (const { point, ts, value } of readings.map((reading) => readingMessage.parse(reading))) {
      world.stored.set(`${point}@${ts}`, value);
    }
    for (const receipt of tracker.add([{ venue: from, gateway: name, seq, oldest }])) {
      const stored = JSON.stringify({ seq: receipt.seq });
      client.publish(topics.stored(from, name), stored, { qos: 1, retain: true });
    }
  });
  await client.subscribeAsync([topics.readings('+', '+'), topics.status('+', '+')], { qos: 1 });
  return world;
};
