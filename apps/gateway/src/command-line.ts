import { Command, InvalidArgumentError, Option } from 'commander';
import { maskUrl } from '#libs/access';

/** Where readings come from. */
export type Source =
  { readonly kind: 'recording' } | { readonly kind: 'stdin' } | { readonly kind: 'mqtt'; readonly url: string };

export interface Flags {
  readonly games: string;
  /** `<venue>/<gateway>`; undefined for all of the pack. */
  readonly gateway?: string;
  readonly source: Source;
  readonly mqtt: string;
  readonly home: string;
  readonly bufferMb: number;
  readonly drainS: number;
}

const MAX_BUFFER_MB = 1_048_576;
const MAX_DRAIN_S = 86_400;

const isBroker = (url: string): boolean => URL.canParse(url) && /^(mqtts?|wss?):$/.test(new URL(url).protocol);

const parseBroker = (url: string): string => {
  if (isBroker(url)) return url;
  throw new InvalidArgumentError(`${maskUrl(url)} is no broker URL. Give one such as mqtt://127.0.0.1:1883.`);
};

const parseSource = (text: string): Source => {
  if (text === 'recording') return { kind: 'recording' };
  if (text === 'stdin') return { kind: 'stdin' };
  if (isBroker(text)) return { kind: 'mqtt', url: text };
  const shown = text.includes('://') ? maskUrl(text) : text;
  throw new InvalidArgumentError(`${shown} is no source. Give recording, stdin, or a broker's URL.`);
};

const parseWhole =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
  };

const HELP = `
Sources:
  recording            what the pack has recorded, in the platform's event time
  stdin                JSON lines, such as {"point":"main.active_power","ts":1767700000000,"value":412.5}
                       ts is epoch ms (without it: now), unit the pack's, quality good, uncertain or bad (without it: good)
  mqtt://<host>:<port> a broker at the venue: the pack's devices that have this gateway

An address with a password belongs into the environment: MQTT_URL, VENUEFLOW_SOURCE.

Exit codes: 0 ended in order, or stdin ended and all is receipted; 3 stdin ended and some is not (nothing is lost: it is kept
in the home, and sent when the gateway runs again); 1 anything else.`;

/** The program's command line. Writes what is wrong with it, masked, through `refuse`. */
export const readFlags = (argv: readonly string[], refuse: (line: string) => never): Flags => {
  const command = new Command('venueflow gateway')
    .description(
      'Reads a venue’s devices, keeps their readings on disk until the platform has stored them, and publishes them over MQTT',
    )
    .requiredOption('--games <pack>', 'Games pack')
    .option('--gateway <venue/gateway>', 'serve this gateway of the pack alone (for stdin and MQTT one is needed)')
    .addOption(
      new Option('--source <source>', 'recording, stdin, or the URL of a broker at the venue')
        .env('VENUEFLOW_SOURCE')
        .default({ kind: 'recording' }, 'recording'),
    )
    .addOption(
      new Option('--mqtt <url>', "the platform's broker, such as mqtt://127.0.0.1:1883")
        .env('MQTT_URL')
        .makeOptionMandatory(),
    )
    .requiredOption('--home <dir>', 'folder for the buffer')
    .option(
      '--buffer-mb <n>',
      'bound of a gateway’s buffer in MiB; when it is full the oldest are given up',
      parseWhole(1, MAX_BUFFER_MB),
      256,
    )
    .option(
      '--drain-s <n>',
      'when stdin has ended: how long to wait for the next receipt',
      parseWhole(0, MAX_DRAIN_S),
      30,
    )
    .addHelpText('after', HELP)
    .configureOutput({ outputError: (text, write) => write(text.trimEnd().replace(/\n+/g, ' ') + '\n') })
    .allowExcessArguments(false);
  const flags = command.parse(argv).opts<Omit<Flags, 'source'> & { source: string | Source }>();
  // Parsed here, since Commander shows a value that its parser refuses, and it may hold a password.
  const parse = <T>(flag: string, parser: (text: string) => T, text: string): T => {
    try {
      return parser(text);
    } catch (error) {
      if (error instanceof InvalidArgumentError) return refuse(`${flag} ${error.message}`);
      throw error;
    }
  };
  return {
    ...flags,
    mqtt: parse('--mqtt', parseBroker, flags.mqtt),
    source: typeof flags.source === 'string' ? parse('--source', parseSource, flags.source) : flags.source,
  };
};
