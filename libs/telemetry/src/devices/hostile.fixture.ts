import fc from 'fast-check';

import { payloadOf } from '../profiles/device-message.fixture.js';
import { samples } from './samples.fixture.js';

/** Names that mean something to a program, a broker or a file system. */
export const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  '#',
  '+',
  '../x',
  '',
  '$SYS',
  '\u0000',
  'n'.repeat(10_000),
];

/** JSON text of values that are none, or too much. */
export const VALUES = [
  ...['NaN', 'Infinity', '1e400', '-1e400', '1e308', '-0', '9007199254740993', '8640000000000000', '8640000000000001'],
  ...[
    '"12.5"',
    '"NaN"',
    '"1e400"',
    '""',
    'null',
    'true',
    '[]',
    '{}',
    '[[[[[]]]]]',
    '"\\ud800"',
    '"+275760-09-13T00:00:00Z"',
  ],
  ...NAMES.map((name) => JSON.stringify(name)),
  `{${NAMES.map((name) => `${JSON.stringify(name)}:1`).join()}}`,
];

/** Our own format, and one message of each other. */
export const seeds: readonly {
  readonly profile: string;
  readonly filter: string;
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly received: number;
}[] = [
  {
    profile: 'venueflow',
    filter: 'own/#',
    topic: 'own/x',
    received: 1_767_700_000_000,
    payload: payloadOf({
      seq: 1,
      readings: Array.from({ length: 5 }, (_, second) => ({
        point: 'main.power',
        ts: 1_767_700_000_000 + second * 1000,
        value: 5,
        unit: 'kW',
        quality: 'good',
      })),
    }),
  },
  ...samples.map((sample) => ({
    ...sample,
    payload: payloadOf(sample.payload),
    received: Date.parse(sample.received),
  })),
];

const replaceScalar = (payload: Uint8Array, at: number, value: string): Uint8Array => {
  const text = new TextDecoder().decode(payload);
  const scalars = [...text.matchAll(/"[^"]*"|-?\d[\d.e+]*|null|true|false/g)];
  const scalar = scalars[at % Math.max(1, scalars.length)];
  return payloadOf(scalar ? text.slice(0, scalar.index) + value + text.slice(scalar.index + scalar[0].length) : value);
};

const changeBytes = (payload: Uint8Array, changes: readonly (readonly [number, number])[], cut: number): Uint8Array => {
  const changed = Uint8Array.from(payload);
  for (const [at, byte] of changes) if (changed.length > 0) changed[at % changed.length] = byte;
  return cut % 4 === 0 ? changed.subarray(0, cut % (changed.length + 1)) : changed;
};

const renameLevel = (topic: string, at: number, name: string): string => {
  const levels = topic.split('/');
  levels[at % (levels.length + 1)] = name;
  return levels.join('/');
};

const bytes = fc.array(fc.tuple(fc.nat(5_000), fc.nat(255)), { minLength: 1, maxLength: 4 });

/** A payload of a seed with a value replaced or bytes changed or cut, or bytes that are nothing; and now and then another topic. */
export const hostile = (seed: (typeof seeds)[number]) =>
  fc.record({
    topic: fc.oneof(
      { weight: 9, arbitrary: fc.constant(seed.topic) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.nat(9), fc.constantFrom(...NAMES))
          .map(([at, name]) => renameLevel(seed.topic, at, name)),
      },
    ),
    payload: fc.oneof(
      {
        weight: 5,
        arbitrary: fc
          .tuple(fc.nat(99), fc.constantFrom(...VALUES))
          .map(([at, value]) => replaceScalar(seed.payload, at, value)),
      },
      {
        weight: 4,
        arbitrary: fc.tuple(bytes, fc.nat(5_000)).map(([changes, cut]) => changeBytes(seed.payload, changes, cut)),
      },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }) },
    ),
    retained: fc.boolean(),
  });
