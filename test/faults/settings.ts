/** How long and how hard; read from the environment once. */
export interface Settings {
  readonly mosquitto: string;
  /** Of everything that happens at random. */
  readonly seed: number;
  /** Of faults at random. */
  readonly minutes: number;
  /** That the database stays away. */
  readonly outageSeconds: number;
}

const DEFAULTS = { seed: 2026, minutes: 0.5 };
/** From here on it is a long run, in which the database stays away for a minute. */
const LONG_MINUTES = 5;

const numberOf = (environment: NodeJS.ProcessEnv, name: string, otherwise: number): number => {
  const text = environment[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new Error(`${name} is "${text}"; it must be a number such as ${otherwise}.`);
};

export const readSettings = (environment: NodeJS.ProcessEnv): Settings => {
  const mosquitto = environment['MOSQUITTO'];
  if (!mosquitto) throw new Error('MOSQUITTO names no program. Perhaps: npm run test:faults');
  const minutes = numberOf(environment, 'FAULTS_MINUTES', DEFAULTS.minutes);
  return {
    mosquitto,
    seed: numberOf(environment, 'FAULTS_SEED', DEFAULTS.seed),
    minutes,
    outageSeconds: minutes >= LONG_MINUTES ? 60 : 10,
  };
};
