import { Command, Option } from 'commander';
import { maskUrl } from '#libs/access';
import { formatFault, systemClock } from '#libs/kernel';
import { loadPack, type Pack } from '#libs/games';
import { EdgeGateway } from './edge-gateway.js';
import { Fleet, listVehicles } from './fleet/fleet.js';
import { claimHome } from './home-claim.js';

const TICK_MS = 100;
const STOP_MS = 2_500;

const warn = (line: string): void => void process.stderr.write(`gateway: ${line}\n`);

const refuse = (line: string): never => {
  warn(line);
  process.exit(1);
};

const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Flags {
  readonly games: string;
  readonly mqtt: string;
  readonly home: string;
}

const readFlags = (argv: readonly string[]): Flags => {
  const command = new Command('gateway')
    .description("Replays a Games pack's devices over MQTT")
    .requiredOption('--games <dir>', 'Games pack')
    .addOption(
      new Option('--mqtt <url>', 'broker, such as mqtt://127.0.0.1:1883').env('MQTT_URL').makeOptionMandatory(),
    )
    .requiredOption('--home <dir>', 'folder for the buffers')
    .allowExcessArguments(false);
  const flags = command.parse(argv).opts<Flags>();
  if (!URL.canParse(flags.mqtt) || !/^(mqtts?|wss?):$/.test(new URL(flags.mqtt).protocol)) {
    return refuse(`--mqtt ${maskUrl(flags.mqtt)} is no broker URL. Give one such as mqtt://127.0.0.1:1883.`);
  }
  return flags;
};

const readPack = async (directory: string): Promise<Pack> => {
  const loaded = await loadPack(directory);
  if (loaded.ok) return loaded.value;
  const [first] = loaded.error;
  return refuse(`the pack ${directory} cannot be used: ${first ? formatFault(first) : 'unknown fault'}`);
};

const flags = readFlags(process.argv);
const pack = await readPack(flags.games);
const release = await claimHome(flags.home).catch((error: unknown) =>
  refuse(`the home ${flags.home} cannot be used: ${errorText(error)}`),
);

const shared = { pack, home: flags.home, mqttUrl: flags.mqtt, clock: systemClock };
const once = new Set<string>();
/** Every connection has the same to say when the broker is away. */
const warnOnce = (line: string): void => {
  if (once.has(line)) return;
  once.add(line);
  setTimeout(() => once.delete(line), 60_000).unref();
  warn(line);
};
const gateways = pack.gateways.flatMap((gateway) => {
  const venue = pack.venues.find(({ id }) => id === gateway.venue);
  return venue ? [new EdgeGateway({ ...shared, warn: warnOnce }, venue, gateway)] : [];
});
const fleet = new Fleet({
  games: pack.games.id,
  vehicles: listVehicles(pack.transport.fleet),
  mqttUrl: flags.mqtt,
  clock: systemClock,
  warn: warnOnce,
});

const ticks = setInterval(() => {
  for (const gateway of gateways) gateway.tick();
  fleet.tick();
}, TICK_MS);

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  clearInterval(ticks);
  setTimeout(() => process.exit(0), STOP_MS).unref();
  await Promise.all([...gateways.map((gateway) => gateway.stop()), fleet.stop()]);
  release();
  process.exit(0);
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
// A forked gateway ends with its platform, also when that was killed.
process.on('disconnect', () => void stop());

process.stdout.write(`gateway: ${gateways.length} gateways of ${pack.games.name} publish to ${maskUrl(flags.mqtt)}\n`);
