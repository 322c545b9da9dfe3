import { describe, expect, it } from '@jest/globals';
import { RequestError } from '../api/problem.js';
import { type Connection, LiveConnection, type StreamEvents } from './connection.js';

/** A platform that answers as the test says, and a clock that the test moves. */
const world = () => {
  let now = 0;
  let answer: () => Promise<number> = () => Promise.resolve(1);
  const timers = new Map<number, { readonly at: number; readonly call: () => void }>();
  const streams: { readonly events: StreamEvents; open: boolean }[] = [];
  const pictures: number[] = [];
  const connections: Connection[] = [];
  let timerId = 0;
  const live = new LiveConnection<number>({
    fetchPicture: () => answer(),
    openStream: (events) => {
      const stream = { events, open: true };
      streams.push(stream);
      return { close: () => void (stream.open = false) };
    },
    parse: Number,
    now: () => now,
    after: (ms, call) => {
      const id = timerId++;
      timers.set(id, { at: now + ms, call });
      return () => void timers.delete(id);
    },
    onPicture: (picture) => pictures.push(picture),
    onConnection: (connection) => connections.push(connection),
  });
  return {
    live,
    pictures,
    connections,
    streams,
    answerWith: (next: () => Promise<number>) => void (answer = next),
    pass: async (ms: number) => {
      const until = now + ms;
      for (;;) {
        const due = [...timers].filter(([, timer]) => timer.at <= until).sort((a, b) => a[1].at - b[1].at)[0];
        if (!due) break;
        timers.delete(due[0]);
        now = due[1].at;
        due[1].call();
        await new Promise((resolve) => setImmediate(resolve));
      }
      now = until;
    },
  };
};

const unreachable = () => Promise.reject(new RequestError(0, 'no answer'));

describe('LiveConnection', () => {
  it('shows the fetched picture, then those of the stream', async () => {
    const { live, pictures, connections, streams } = world();
    await live.connect();
    streams[0]?.events.onPicture('2');
    expect(pictures).toEqual([1, 2]);
    expect(connections).toEqual([{ state: 'live' }]);
  });

  it('is lost since the first failure and comes back by itself', async () => {
    const { live, connections, streams, pass, answerWith } = world();
    await live.connect();
    await pass(500);
    answerWith(unreachable);
    streams[0]?.events.onError();
    expect(streams[0]?.open).toBe(false);
    await pass(4_000);
    expect(connections.at(-1)).toMatchObject({ state: 'lost', sinceMs: 500 });
    answerWith(() => Promise.resolve(3));
    await pass(15_000);
    expect(connections.at(-1)).toEqual({ state: 'live' });
    expect(streams.filter((stream) => stream.open)).toHaveLength(1);
  });

  it('waits longer after each failure, at most 15 s', async () => {
    const { live, pass, answerWith } = world();
    let attempts = 0;
    answerWith(() => {
      attempts += 1;
      return unreachable();
    });
    await live.connect();
    await pass(1_000 + 2_000 + 4_000 + 8_000);
    expect(attempts).toBe(5);
    await pass(14_000);
    expect(attempts).toBe(5);
    await pass(1_000);
    expect(attempts).toBe(6);
  });

  it('takes a silent stream for lost', async () => {
    const { live, connections, streams, pass, answerWith } = world();
    await live.connect();
    await pass(14_000);
    streams[0]?.events.onPicture('2');
    answerWith(unreachable);
    await pass(14_000);
    expect(connections.at(-1)).toEqual({ state: 'live' });
    await pass(1_000);
    expect(connections.at(-1)?.state).toBe('lost');
  });

  it('asks for a login when the platform wants one, and does not go on asking', async () => {
    const { live, connections, pass, answerWith } = world();
    let attempts = 0;
    answerWith(() => {
      attempts += 1;
      return Promise.reject(new RequestError(401, 'token'));
    });
    await live.connect();
    await pass(60_000);
    expect(connections).toEqual([{ state: 'login' }]);
    expect(attempts).toBe(1);
  });

  it('keeps the picture while the platform is degraded', async () => {
    const { live, connections, streams, pass } = world();
    await live.connect();
    streams[0]?.events.onDegraded('no database');
    await pass(5_000);
    streams[0]?.events.onDegraded('no database');
    expect(connections.at(-1)).toEqual({ state: 'degraded', sinceMs: 0, reason: 'no database' });
    streams[0]?.events.onPicture('2');
    expect(connections.at(-1)).toEqual({ state: 'live' });
  });

  it('is degraded, not lost, when the platform answers without its database', async () => {
    const { live, connections, answerWith } = world();
    answerWith(() => Promise.reject(new RequestError(503, 'no database')));
    await live.connect();
    expect(connections).toEqual([{ state: 'degraded', sinceMs: 0, reason: 'no database' }]);
  });

  it('is silent after stop, even when an answer was under way', async () => {
    const { live, connections, pictures, answerWith } = world();
    let release: (value: number) => void = () => undefined;
    answerWith(() => new Promise((resolve) => (release = resolve)));
    const connecting = live.connect();
    live.stop();
    release(1);
    await connecting;
    expect([connections, pictures]).toEqual([[], []]);
  });
});
