import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RealtimeFeed } from './contract.js';
import { decodeRealtime } from './decode-realtime.js';
import { encodeRealtime, realtimeJson } from './encode-realtime.js';
import { congestions, occupancies, stopRelations, stopStatuses, tripRelations } from './enums.js';
import { emptyFeed, NOON } from './realtime-feed.fixture.js';
import { FeedMessage } from './wire.js';

const capture = new Uint8Array(readFileSync(new URL('samples/bullrunner-vehicle-positions.pb', import.meta.url)));

const decode = (bytes: Uint8Array): RealtimeFeed => {
  const decoded = decodeRealtime(bytes);
  if (!decoded.ok) throw new Error(decoded.error.message);
  return decoded.value;
};

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const oneOf = <Name extends string>(numbers: Readonly<Record<Name, number>>) =>
  fc.constantFrom(...(Object.keys(numbers) as Name[]));
const second = fc.integer({ min: 0, max: 4_000_000_000 }).map((s) => s * 1000);
/** What a 32-bit float can say. */
const float = (min: number, max: number) => fc.float({ min, max, noNaN: true }).map((value) => Math.fround(value));
type Defined<T> = T extends readonly (infer One)[]
  ? readonly Defined<One>[]
  : T extends object
    ? { [Key in keyof T as undefined extends T[Key] ? never : Key]: Defined<T[Key]> } & {
        [Key in keyof T as undefined extends T[Key] ? Key : never]?: Defined<Exclude<T[Key], undefined>>;
      }
    : T;
const defined = <T extends object>(value: T) => JSON.parse(JSON.stringify(value)) as Defined<T>;

const tripRef = fc
  .record({
    trip: optional(fc.string()),
    line: optional(fc.string()),
    direction: optional(fc.nat(1)),
    start_date: optional(fc.string()),
    start_time: optional(fc.string()),
    relation: optional(oneOf(tripRelations)),
  })
  .map(defined);
const event = fc
  .record({
    at_ms: optional(second),
    delay_s: optional(fc.integer({ min: -7200, max: 7200 })),
    uncertainty_s: optional(fc.nat(900)),
  })
  .map(defined);
const vehicle = fc
  .record({
    id: fc.string(),
    vehicle: optional(fc.string()),
    label: optional(fc.string()),
    trip: optional(tripRef),
    ts: optional(second),
    position: optional(
      fc.record({ lat: float(-90, 90), lon: float(-180, 180), bearing: optional(float(0, 359)) }).map(defined),
    ),
    stop: optional(fc.string()),
    stop_sequence: optional(fc.nat(99)),
    status: optional(oneOf(stopStatuses)),
    congestion: optional(oneOf(congestions)),
    occupancy: optional(oneOf(occupancies)),
    occupancy_percent: optional(fc.nat(200)),
  })
  .map(defined);
const update = fc
  .record({
    id: fc.string(),
    trip: tripRef,
    vehicle: optional(fc.string()),
    ts: optional(second),
    delay_s: optional(fc.integer({ min: -7200, max: 7200 })),
    stops: fc.array(
      fc
        .record({
          stop_sequence: optional(fc.nat(99)),
          stop: optional(fc.string()),
          arrival: optional(event),
          departure: optional(event),
          relation: optional(oneOf(stopRelations)),
        })
        .map(defined),
      { maxLength: 4 },
    ),
  })
  .map(defined);

describe('decodeRealtime and encodeRealtime', () => {
  it('read the real capture, and give it back unchanged', () => {
    const feed = decode(capture);
    expect([feed.version, feed.incrementality, feed.ts]).toEqual(['1.0', 'full_dataset', 1_505_314_375_000]);
    expect(feed.vehicles).toHaveLength(10);
    expect(feed.vehicles[0]).toEqual({
      id: '1',
      vehicle: '1536',
      trip: { line: 'F' },
      position: { lat: 28.066221237182617, lon: -82.41769409179688, bearing: 180 },
      occupancy: 'empty',
    });
    expect(decode(encodeRealtime(feed))).toEqual(feed);
    expect(FeedMessage.decode(encodeRealtime(feed)).toJSON()).toEqual(FeedMessage.decode(capture).toJSON());
  });

  it('bring back whatever goes in, absent fields as absent and zeros as zeros', () => {
    fc.assert(
      fc.property(fc.array(vehicle, { maxLength: 5 }), fc.array(update, { maxLength: 5 }), (vehicles, trips) => {
        const feed = { ...emptyFeed, vehicles, trips, deleted: ['gone'] };
        expect(decode(encodeRealtime(feed))).toEqual(feed);
      }),
      { numRuns: 200 },
    );
  });

  it('bring back an alert', () => {
    const feed: RealtimeFeed = {
      ...emptyFeed,
      alerts: [
        {
          id: 'closure-1',
          cause: 'construction',
          effect: 'detour',
          severity: 'warning',
          periods: [{ start_ms: NOON }, { start_ms: NOON, end_ms: NOON + 60_000 }],
          informs: [{ line: 'A' }, { trip: { trip: 't', relation: 'canceled' } }, { stop: 's', agency: 'x' }],
          header: [
            { text: 'Detour', language: 'en' },
            { text: 'Umleitung', language: 'de' },
          ],
          description: [{ text: 'Any language' }],
          url: [{ text: 'https://example.org/', language: 'en' }],
        },
      ],
    };
    expect(decode(encodeRealtime(feed))).toEqual(feed);
  });

  it('leave out the numbers that they do not know', () => {
    const message = FeedMessage.decode(capture);
    const [first] = message.entity;
    if (!first?.vehicle) throw new Error('The capture has vehicles.');
    first.vehicle.occupancyStatus = 99 as never;
    expect(decode(FeedMessage.encode(message).finish()).vehicles[0]).not.toHaveProperty('occupancy');
  });

  it('give JSON that reads back as the same message', () => {
    const json = JSON.parse(JSON.stringify(realtimeJson(decode(capture)))) as Record<string, unknown>;
    expect(json).toMatchObject({ header: { gtfsRealtimeVersion: '1.0', timestamp: 1_505_314_375 } });
    expect(FeedMessage.encode(FeedMessage.fromObject(json)).finish()).toEqual(
      FeedMessage.encode(FeedMessage.decode(capture)).finish(),
    );
  });
});

describe('decodeRealtime', () => {
  const text = (value: string) => new TextEncoder().encode(value);

  it.each([
    ['nothing', new Uint8Array(), 'empty'],
    ['a web page', text('\n<!doctype html><title>Log in</title>'), 'web_page'],
    ['JSON', text('{"header":{}}'), 'json'],
    ['packed bytes', new Uint8Array([0x1f, 0x8b, 8, 0]), 'packed'],
    ['a cut feed', capture.subarray(0, capture.length - 5), 'protobuf'],
    ['a feed without header', capture.subarray(15), 'protobuf'],
    ['words', text('Too many requests'), 'protobuf'],
  ])('says what is wrong with %s', (_what, bytes, rule) => {
    const decoded = decodeRealtime(bytes);
    expect(decoded.ok ? 'read' : decoded.error).toEqual(expect.objectContaining({ rule }));
  });

  it('never throws, whatever the bytes are', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => typeof decodeRealtime(bytes).ok === 'boolean'));
    fc.assert(
      fc.property(fc.nat(capture.length - 1), fc.nat(255), (at, byte) => {
        const broken = Uint8Array.from(capture);
        broken[at] = byte;
        return typeof decodeRealtime(broken).ok === 'boolean';
      }),
      { numRuns: 300 },
    );
  });
});
