import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import type { GatewayState, OperationsStore, ReadingStore } from '#libs/store';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { at, batchOf } from './fixtures.js';

const state = (gateway: string, more: Partial<GatewayState> = {}): GatewayState => ({
  venue: 'dome',
  gateway,
  state: 'online',
  ts: at(0),
  ...more,
});

describe('states of gateways', () => {
  let database: TestDatabase;
  let operations: OperationsStore;
  let readings: ReadingStore;

  beforeAll(async () => {
    database = await openTestDatabase();
    ({ operations, readings } = database.store);
    await database.store.pool.query(
      `insert into gateway (venue, id) select 'dome', 'g' || number from generate_series(1, 200) as number`,
    );
  });
  afterAll(async () => {
    await database.close();
  });

  it('are unknown at first', async () => {
    expect(await operations.listGatewayStates()).toEqual([]);
  });

  it('are kept whole, and of known gateways only', async () => {
    const whole = state('g1', {
      ts: epochMs(at(1) + 1),
      buffered: 3,
      published: 2 ** 40,
      dropped: 0,
      clockSkewS: -0.5,
    });
    await operations.saveGatewayStates([whole, state('unknown'), state('g2', { state: 'offline' })]);
    expect(await operations.listGatewayStates()).toEqual([whole, state('g2', { state: 'offline' })]);
  });

  it('replace what was known of a gateway; others stay', async () => {
    await operations.saveGatewayStates([state('g1', { buffered: 1 }), state('g1', { published: 7 })]);
    expect(await operations.listGatewayStates()).toEqual([
      state('g1', { published: 7 }),
      state('g2', { state: 'offline' }),
    ]);
    await operations.saveGatewayStates([]);
    expect(await operations.listGatewayStates()).toHaveLength(2);
  });

  it('take any time that a message can carry', async () => {
    await operations.saveGatewayStates([state('g2', { ts: epochMs(0) }), state('g3', { ts: epochMs(8.64e15) })]);
    expect((await operations.listGatewayStates()).slice(1).map(({ ts }) => ts)).toEqual([0, 8.64e15]);
  });

  it('are saved while receipts of the same gateways are written', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `g${index + 1}`);
    const receipts = names.map((gateway) => ({ venue: 'dome', gateway, seq: 5 }));
    await Promise.all(
      Array.from({ length: 4 }, () => [
        readings.write({ ...batchOf(), receipts }),
        operations.saveGatewayStates(names.toReversed().map((name) => state(name))),
      ]).flat(),
    );
    expect(await operations.listGatewayStates()).toHaveLength(200);
    expect(await readings.receipts()).toHaveLength(200);
  });
});
