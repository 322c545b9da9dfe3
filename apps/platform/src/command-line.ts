import { basename, isAbsolute, join, resolve } from 'node:path';

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';

import { describeExposure, maskUrl } from '#libs/access';
import { findCivil } from '#libs/games';
import { fail, ok, type Result } from '#libs/kernel';
import type { SolverName } from '#libs/lp';

import { needsBroker, type Role, ROLES } from './context.js';
import type { WantedBegin } from './control/event-begin.js';
import { parseShard, type Shard, WHOLE } from './ingest/shares.js';

/** What the command line and the environment ask for, checked. */
export interface StartOptions {
  readonly roles: ReadonlySet<Role>;
  /** Folder of the Games pack. */
  readonly games: string;
  readonly home: string;
  readonly host: string;
  readonly port: number;
  readonly mqttPort: number;
  readonly shard: Shard;
  readonly speed: number;
  /** Where event time begins in a new home. */
  readonly begin: WantedBegin;
  /** Start the gateway that replays the pack's recording. */
  readonly replay: boolean;
  /** Absent: an embedded PostgreSQL in `home`. */
  readonly databaseUrl: string | undefined;
  /** Absent: the embedded broker on `mqttPort`. */
  readonly mqttUrl: string | undefined;
  readonly solver: SolverName;
  readonly token: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const SOLVERS: readonly SolverName[] = ['highs', 'javascript-lp-solver'];
const DEFAULT_PACK = 'milano-cortina-2026';
const MAX_SPEED = 3600;
/** Slower, and a timer to the next cycle would be longer than timers can be. */
const MIN_SPEED = 0.01;

const portNumber = (text: string): number => {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('It is a number from 1 to 65535.');
  return port;
};

const speedFactor = (text: string): number => {
  const speed = Number(text);
  if (!(speed >= MIN_SPEED) || speed > MAX_SPEED)
    throw new InvalidArgumentError(
      `It is a number from ${MIN_SPEED} to ${MAX_SPEED}: 60 makes an hour pass in a minute.`,
    );
  return speed;
};

const minuteOfDay = (text: string): number => {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hours === undefined) throw new InvalidArgumentError('It is a time of day from 00:00 to 23:59.');
  return Number(hours) * 60 + Number(minutes);
};

const dateOf = (text: string): string => {
  if (findCivil(`${text}T00:00`) === undefined) throw new InvalidArgumentError('It is a date such as 2026-02-14.');
  return text;
};

const roleSet = (text: string): ReadonlySet<Role> => {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !ROLES.some((role) => role === name));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`"${unknown}" is no role; the roles are ${ROLES.join(', ')}.`);
  return new Set(ROLES.filter((role) => names.includes(role)));
};

const shardOption = (text: string): Shard => {
  const shard = parseShard(text);
  if (!shard.ok) throw new InvalidArgumentError(shard.error);
  return shard.value;
};

interface Flags {
  readonly roles?: ReadonlySet<Role>;
  readonly games: string;
  readonly home?: string;
  readonly host: string;
  readonly port: number;
  readonly mqttPort: number;
  readonly shard: Shard;
  readonly speed: number;
  readonly day?: string;
  readonly begin?: number;
  readonly replay: boolean;
}

const program = (): Command =>
  new Command('npm start --')
    .description("Venueflow: runs the transport and the energy of an event's venues.")
    .addOption(new Option('--games <pack>', 'folder of a Games pack, or its name in config/').default(DEFAULT_PACK))
    .addOption(new Option('--home <dir>', 'where data is kept (default: .venueflow/<pack>)'))
    .addOption(new Option('--host <address>', 'address to listen on').default('127.0.0.1'))
    .addOption(new Option('--port <port>', 'port of the pages and the API').default(3000).argParser(portNumber))
    .addOption(new Option('--mqtt-port <port>', 'port of the embedded broker').default(1883).argParser(portNumber))
    .addOption(new Option('--speed <factor>', 'event time against wall time').default(1).argParser(speedFactor))
    .addOption(new Option('--day <date>', "let a new home begin on this one of the event's days").argParser(dateOf))
    .addOption(new Option('--begin <HH:MM>', 'let a new home begin at this time of the day').argParser(minuteOfDay))
    .addOption(new Option('--roles <roles>', `some of ${ROLES.join(',')} (default: all)`).argParser(roleSet))
    .addOption(
      new Option('--shard <i/n>', 'ingest of n that share the venues').default(WHOLE, '1/1').argParser(shardOption),
    )
    .option('--no-replay', "without the gateway that replays the pack's recording")
    .addHelpText(
      'after',
      `
Environment:
  DATABASE_URL      PostgreSQL or TimescaleDB to use instead of the embedded one
  MQTT_URL          broker to use instead of the embedded one
  VENUEFLOW_SOLVER  ${SOLVERS.join(' or ')} (default: highs)
  VENUEFLOW_TOKEN   asked of every request; required with a --host that others can reach`,
    );

const checkUrl = (name: string, value: string | undefined, protocols: readonly string[]): string | undefined => {
  if (value === undefined) return undefined;
  if (protocols.some((protocol) => URL.canParse(value) && new URL(value).protocol === `${protocol}:`)) return undefined;
  return `${name} is ${maskUrl(value)}; it must be a URL such as ${protocols[0] ?? ''}://127.0.0.1.`;
};

const resolvePack = (games: string, root: string): string =>
  isAbsolute(games) || /[\\/.]/.test(games) ? resolve(games) : join(root, 'config', games);

/** A usage text asked for with --help is an error of kind `help`, to be printed on stdout with exit code 0. */
export interface UsageError {
  readonly kind: 'help' | 'usage';
  readonly message: string;
}

const usage = (message: string): Result<never, UsageError> => fail({ kind: 'usage', message });

/**
 * Reads the arguments (without node and script) and the environment.
 * @param root the project's folder, in which `config/` holds the packs that are known by name
 */
export const readCommandLine = (
  args: readonly string[],
  environment: Environment,
  root: string,
): Result<StartOptions, UsageError> => {
  let written = '';
  const command = program()
    .allowExcessArguments()
    .exitOverride()
    .configureOutput({ writeOut: (text) => (written += text), writeErr: (text) => (written += text) });
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const message = written.trim().replace(/^error: /, '');
    if (error.exitCode === 0) return fail({ kind: 'help', message });
    return usage(`${message.replaceAll(/\s*\n\s*/g, ' ')} Try: npm start -- --help`);
  }
  if (command.args.length > 0)
    return usage(`"${command.args.join(' ')}" is not expected here. Try: npm start -- --help`);
  const flags = command.opts<Flags>();
  const setting = (name: string): string | undefined => (environment[name] === '' ? undefined : environment[name]);
  const databaseUrl = setting('DATABASE_URL');
  const mqttUrl = setting('MQTT_URL');
  const token = setting('VENUEFLOW_TOKEN');
  const wantedSolver = setting('VENUEFLOW_SOLVER') ?? 'highs';
  const solver = SOLVERS.find((name) => name === wantedSolver);
  const badUrl =
    checkUrl('DATABASE_URL', databaseUrl, ['postgres', 'postgresql']) ??
    checkUrl('MQTT_URL', mqttUrl, ['mqtt', 'mqtts', 'ws', 'wss']);
  if (badUrl !== undefined) return usage(badUrl);
  if (!solver) return usage(`VENUEFLOW_SOLVER is "${wantedSolver}"; it must be ${SOLVERS.join(' or ')}.`);
  const exposure = describeExposure(flags.host, token);
  if (!exposure.ok) return usage(exposure.error);
  const roles = flags.roles ?? new Set(ROLES.filter((role) => role !== 'broker' || !mqttUrl));
  if (flags.roles && !databaseUrl && ROLES.some((role) => role !== 'broker' && roles.has(role)))
    return usage(`--roles ${[...roles].join(',')} shares its database with other processes: set DATABASE_URL.`);
  if (!mqttUrl && !roles.has('broker') && needsBroker(roles))
    return usage(`--roles ${[...roles].join(',')} has no broker of its own: set MQTT_URL.`);
  if (flags.shard.of > 1 && [...roles].join() !== 'ingest')
    return usage(`--shard ${flags.shard.index}/${flags.shard.of} is for a process with --roles ingest alone.`);
  if (roles.has('broker') && flags.port === flags.mqttPort)
    return usage(`--port and --mqtt-port are both ${flags.port}; the pages and the broker need a port each.`);
  const games = resolvePack(flags.games, root);
  return ok({
    roles,
    games,
    // Event time never runs back in a home, and packs have times of their own.
    home: resolve(flags.home ?? join('.venueflow', basename(games))),
    host: flags.host,
    port: flags.port,
    mqttPort: flags.mqttPort,
    shard: flags.shard,
    speed: flags.speed,
    begin: { day: flags.day, minute: flags.begin },
    replay: flags.replay && !flags.roles,
    databaseUrl,
    mqttUrl,
    solver,
    token,
  });
};
