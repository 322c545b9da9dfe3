import { epochMs } from '#libs/kernel';
import fc from 'fast-check';
import type { DeviceMessage, DeviceReport } from './profile.js';

/** When the messages of tests arrive. */
export const RECEIVED = epochMs(1_767_700_000_000);

/** Bytes as they are, text as UTF-8, anything else as JSON. */
export const payloadOf = (content: unknown): Uint8Array => {
  if (content instanceof Uint8Array) return content;
  return new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content));
};

export const messageOf = (content: unknown, change: Partial<DeviceMessage> = {}): DeviceMessage => ({
  topic: 'any/topic',
  payload: payloadOf(content),
  received: RECEIVED,
  retained: false,
  ...change,
});

const HOSTILE_JSON = [
  ...[
    '1e400',
    '-1e400',
    'NaN',
    'null',
    'true',
    '"12.5"',
    '""',
    '"x"',
    '[]',
    '{}',
    '[[[[]]]]',
    '1e308',
    '-0',
    '8640000000000001',
  ],
  ...['"__proto__"', '"constructor"', '"#"', '"+"', '"../x"', `"${'n'.repeat(10_000)}"`],
];

const mutateBytes = (payload: Uint8Array, edits: readonly (readonly [number, number])[], cut: number): Uint8Array => {
  const mutated = Uint8Array.from(payload);
  for (const [place, byte] of edits) if (mutated.length > 0) mutated[place % mutated.length] = byte;
  return mutated.subarray(0, cut);
};

/** Any bytes, and a valid payload with bytes changed, cut, or one of its JSON scalars replaced. */
export const hostilePayloads = (valid: Uint8Array): fc.Arbitrary<Uint8Array> => {
  const edit = fc.tuple(fc.nat(), fc.nat(255));
  const text = new TextDecoder().decode(valid);
  const scalars = [...text.matchAll(/"[^"]*"|-?\d[\d.e+]*/g)];
  return fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .tuple(fc.array(edit, { maxLength: 4 }), fc.nat(valid.length))
      .map(([edits, kept]) => mutateBytes(valid, edits, kept < valid.length / 4 ? valid.length : kept)),
    fc.array(edit, { minLength: 1, maxLength: 3 }).map((edits) => mutateBytes(valid, edits, valid.length)),
    fc.tuple(fc.nat(Math.max(0, scalars.length - 1)), fc.constantFrom(...HOSTILE_JSON)).map(([index, json]) => {
      const [scalar] = scalars.slice(index, index + 1);
      if (!scalar) return valid;
      return payloadOf(text.slice(0, scalar.index) + json + text.slice(scalar.index + scalar[0].length));
    }),
  );
};

/** What in a report no reader may give: undefined when all is well. */
export const findHarm = (report: DeviceReport): string | undefined => {
  for (const { channel, ts, value } of report.measurements) {
    if (value !== null && !Number.isFinite(value)) return `${channel} is ${value}`;
    if (ts !== undefined && !(Number.isInteger(ts) && Math.abs(ts) <= 8_640_000_000_000_000))
      return `${channel} is of ${ts}`;
  }
  if (report.refused.some(({ code, detail }) => code === '' || detail.length > 400))
    return 'an endless or nameless refusal';
  return undefined;
};
