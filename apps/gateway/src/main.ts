import { maskUrl } from '#libs/access';
import { errorMessage, fail, formatFault, ok, type Result, systemClock } from '#libs/kernel';
import { listPackPoints, loadPack, type Pack } from '#libs/games';
import { type Feed, readPackFeed } from '#libs/transport';
import { checkDevicesOf, chooseGateways, chooseOne, type Chosen } from './choose-gateways.js';
import { readFlags, type Source } from './command-line.js';
import { DeviceGateway } from './devices/device-gateway.js';
import type { EdgeOptions } from './edge-gateway.js';
import { Fleet } from './fleet/fleet.js';
import { claimHome } from './home-claim.js';
import { ReplayGateway } from './replay/replay-gateway.js';
import { StdinGateway } from './stdin/stdin-gateway.js';

const TICK_MS = 100;
const STOP_MS = 2_500;
const MIB = 1_048_576;

/** What the program runs: driven by `tick`, until it is stopped or has finished by itself. */
interface Service {
  tick(): void;
  stop(): Promise<void>;
  readonly finished?: Promise<number>;
}

const say = (line: string): void => void process.stdout.write(`gateway: ${line}\n`);
const warn = (line: string): void => void process.stderr.write(`gateway: ${line}\n`);

const refuse = (line: string): never => {
  warn(line);
  process.exit(1);
};

const orRefuse = <T>(result: Result<T, string>): T => (result.ok ? result.value : refuse(result.error));

const readPack = async (directory: string): Promise<Pack> => {
  const loaded = await loadPack(directory);
  if (loaded.ok) return loaded.value;
  const [first] = loaded.error;
  return refuse(`the pack ${directory} cannot be used: ${first ? formatFault(first) : 'unknown fault'}`);
};

const readFeed = (pack: Pack): Result<Feed, string> => {
  const read = readPackFeed(pack);
  if (read.ok) return ok(read.value);
  const [first] = read.error;
  return fail(`the pack's GTFS feed cannot be read: ${first ? formatFault(first) : 'unknown fault'}`);
};

const once = new Set<string>();
/** Every connection has the same to say when the broker is away. */
const warnOnce = (line: string): void => {
  if (once.has(line)) return;
  once.add(line);
  setTimeout(() => once.delete(line), 60_000).unref();
  warn(line);
};

const flags = readFlags(process.argv, refuse);
const pack = await readPack(flags.games);
const options: EdgeOptions = {
  home: flags.home,
  mqttUrl: flags.mqtt,
  bufferBytes: flags.bufferMb * MIB,
  clock: systemClock,
  monotonic: () => performance.now(),
  warn: warnOnce,
};

const startFleet = (): Fleet =>
  new Fleet({
    pack,
    feed: orRefuse(readFeed(pack)),
    mqttUrl: flags.mqtt,
    clock: systemClock,
    warn: warnOnce,
  });

/** The gateways that are chosen, and the reference fleet unless one is named. */
const startReplay = (chosen: readonly Chosen[]): Service => {
  const gateways = chosen.map(({ venue, gateway }) => new ReplayGateway(options, pack, venue, gateway));
  const fleet = flags.gateway === undefined ? [startFleet()] : [];
  const all: readonly Service[] = [...gateways, ...fleet];
  say(`${gateways.length} gateways of ${pack.games.name} publish to ${maskUrl(flags.mqtt)}`);
  return {
    tick: () => {
      for (const one of all) one.tick();
    },
    stop: async () => {
      await Promise.all(all.map((one) => one.stop()));
    },
  };
};

/** The one gateway that is chosen, with what it reads at its venue. */
const startLive = (source: Source & { kind: 'stdin' | 'mqtt' }, { venue, gateway }: Chosen): Service => {
  const name = { venue: venue.id, gateway: gateway.id };
  const points = listPackPoints(pack).filter((point) => point.venue === venue.id && point.source === gateway.id);
  const from = source.kind === 'stdin' ? 'stdin' : maskUrl(source.url);
  say(`${venue.id}/${gateway.id} publishes what it reads from ${from} to ${maskUrl(flags.mqtt)}`);
  if (source.kind === 'mqtt') return new DeviceGateway({ ...options, pack, venueUrl: source.url }, name, points);
  return new StdinGateway(
    { ...options, input: process.stdin, drainMs: flags.drainS * 1_000, say },
    name,
    points.map(({ point }) => point),
  );
};

/** What is to run, checked but not started: the home is not claimed yet. */
const prepare = (): (() => Service) => {
  const { source } = flags;
  if (source.kind === 'recording') {
    const chosen = orRefuse(chooseGateways(pack, flags.gateway));
    return () => startReplay(chosen);
  }
  const chosen = orRefuse(chooseOne(pack, flags.gateway, source.kind));
  if (source.kind === 'mqtt') orRefuse(checkDevicesOf(pack, chosen));
  return () => startLive(source, chosen);
};

const start = prepare();
const release = await claimHome(flags.home).catch((error: unknown) =>
  refuse(`the home ${flags.home} cannot be used: ${errorMessage(error)}`),
);
const service = start();
const ticks = setInterval(() => service.tick(), TICK_MS);

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  clearInterval(ticks);
  setTimeout(() => process.exit(0), STOP_MS).unref();
  await service.stop();
  release();
  process.exit((await service.finished) ?? 0);
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
// A forked gateway ends with its platform, also when that was killed.
process.on('disconnect', () => void stop());
void service.finished?.then(stop);
