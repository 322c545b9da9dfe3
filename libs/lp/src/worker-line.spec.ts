import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from '@jest/globals';
import { toArrays } from './arrays.js';
import { ModelBuilder } from './builder.js';
import { WorkerLine } from './worker-line.js';

/** Answers "unbounded" at once, never with seed 1, and crashes with seed 2. Counts its starts in `started`. */
const script = `
  require('node:worker_threads').parentPort.on('message', ({ seed }) => {
    if (seed === 1) for (;;);
    if (seed === 2) throw new Error('boom');
    require('node:worker_threads').parentPort.postMessage({ status: 'unbounded' });
  });`;
const HANG = 1;
const CRASH = 2;

const model = toArrays(new ModelBuilder('nothing').build());
const request = (seed = 0) => ({
  model,
  relativeGap: 0,
  maxNodes: undefined,
  seed,
  method: 'simplex' as const,
  start: undefined,
  basis: undefined,
  isNear: false,
  news: false,
});
const soon = (ms: number) => performance.now() + ms;

describe('WorkerLine', () => {
  let started = 0;
  const start = (): Worker => {
    started += 1;
    return new Worker(script, { eval: true });
  };
  const lines: WorkerLine[] = [];
  const createLine = (graceMs = 0): WorkerLine => {
    started = 0;
    const line = new WorkerLine(start, graceMs);
    lines.push(line);
    return line;
  };
  afterEach(async () => {
    await Promise.all(lines.splice(0).map((line) => line.close()));
  });

  it('keeps one worker for many jobs', async () => {
    const line = createLine();
    await Promise.all([1, 2, 3].map(() => line.submit(request(), soon(5_000))));
    expect(await line.submit(request(), soon(5_000))).toEqual({ status: 'unbounded' });
    expect(started).toBe(1);
  });

  it('ends a hanging worker at the deadline and starts another for the next job', async () => {
    const line = createLine();
    const before = performance.now();
    const hanging = line.submit(request(HANG), soon(300));
    const next = line.submit(request(), soon(10_000));
    expect(await hanging).toEqual({ status: 'out_of_time' });
    expect(performance.now() - before).toBeLessThan(1_300);
    expect(await next).toEqual({ status: 'unbounded' });
    expect(started).toBe(2);
  });

  it('lets a waiting job go at its own deadline', async () => {
    const line = createLine();
    const hanging = line.submit(request(HANG), soon(1_000));
    const before = performance.now();
    expect(await line.submit(request(), soon(50))).toEqual({ status: 'out_of_time' });
    expect(performance.now() - before).toBeLessThan(800);
    await hanging;
  });

  it('gives a running job its grace', async () => {
    const line = createLine(400);
    const before = performance.now();
    await line.submit(request(HANG), soon(100));
    expect(performance.now() - before).toBeGreaterThanOrEqual(490);
  });

  it('rejects only the job whose worker crashed', async () => {
    const line = createLine();
    const crashing = line.submit(request(CRASH), soon(5_000));
    const next = line.submit(request(), soon(5_000));
    await expect(crashing).rejects.toThrow('boom');
    expect(await next).toEqual({ status: 'unbounded' });
    expect(started).toBe(2);
  });

  it('ends a job at once when its signal aborts, running or waiting or late', async () => {
    const line = createLine();
    const controller = new AbortController();
    const jobs = [HANG, 0].map((seed) => line.submit(request(seed), soon(5_000), controller.signal));
    const before = performance.now();
    controller.abort();
    expect(await Promise.all(jobs)).toEqual([{ status: 'out_of_time' }, { status: 'out_of_time' }]);
    expect(await line.submit(request(), soon(5_000), controller.signal)).toEqual({ status: 'out_of_time' });
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it('ends what is under way when it closes', async () => {
    const line = createLine();
    const jobs = [HANG, 0].map((seed) => line.submit(request(seed), soon(5_000)));
    await line.close();
    expect(await Promise.all(jobs)).toEqual([{ status: 'out_of_time' }, { status: 'out_of_time' }]);
    expect(await line.submit(request(), soon(5_000))).toEqual({ status: 'out_of_time' });
    expect(started).toBe(1);
  });
});
