import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CommandOutcome, OperationsStore, Override } from '#libs/store';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { at } from './fixtures.js';

describe('operations', () => {
  let database: TestDatabase;
  let operations: OperationsStore;

  beforeAll(async () => {
    database = await openTestDatabase();
    operations = database.store.operations;
  });
  afterAll(async () => {
    await database.close();
  });

  it('the event clock is unknown at first and never runs back', async () => {
    expect(await operations.loadClock()).toBeUndefined();
    await operations.saveClock(at(10));
    await operations.saveClock(at(5));
    expect(await operations.loadClock()).toEqual({ reservedEventMs: at(10) });
  });

  it('the event clock goes on from where it was when its reserve is given back', async () => {
    await operations.saveClock(at(30));
    await operations.releaseClock(at(12));
    expect(await operations.loadClock()).toEqual({ reservedEventMs: at(12) });
  });

  it('an override holds until it is over or ended', async () => {
    const override: Override = {
      id: 'o1',
      kind: 'setpoint',
      target: { venue: 'dome', asset: 'battery', value: 120.5 },
      from: at(0),
      until: at(30),
      by: 'anna',
      reason: 'test of the battery',
      ended: null,
    };
    await operations.addOverride(override);
    await operations.addOverride({ ...override, id: 'o2', until: at(10) });
    expect(await operations.listOverrides(at(10))).toEqual([override]);
    expect((await operations.listOverrides(at(9))).map(({ id }) => id)).toEqual(['o1', 'o2']);
    expect(await operations.endOverride('o1', at(11))).toBe(true);
    expect(await operations.endOverride('o1', at(12))).toBe(false);
    expect(await operations.listOverrides(at(10))).toEqual([]);
  });

  it('an outcome that is reported twice is one', async () => {
    const outcome: CommandOutcome = {
      plan: 'p1',
      seq: 7,
      kind: 'setpoint',
      target: 'dome/battery',
      state: 'received',
      reason: null,
      measured: null,
      at: at(1),
    };
    const applied: CommandOutcome = {
      ...outcome,
      state: 'applied',
      reason: 'close enough',
      measured: 118.5,
      at: at(2),
    };
    await operations.addOutcomes([outcome, applied, outcome]);
    await operations.addOutcomes([{ ...applied, measured: 0 }]);
    expect(await operations.listOutcomes('p1')).toEqual([outcome, applied]);
    expect(await operations.listOutcomes('p2')).toEqual([]);
  });

  it('trips are found in [from, to)', async () => {
    const trip = (vehicle: string, minutes: number) => ({
      line: 'A',
      pattern: 'A-1',
      vehicle,
      departs: at(minutes),
      plan: 'p1',
    });
    await operations.addTrips([trip('bus-02', 5), trip('bus-01', 5), trip('bus-01', 10), trip('bus-01', 0)]);
    await operations.addTrips([trip('bus-01', 5)]);
    expect(await operations.listTrips(at(0), at(10))).toEqual([
      trip('bus-01', 0),
      trip('bus-01', 5),
      trip('bus-02', 5),
    ]);
  });

  it('a forecast is stored with its values', async () => {
    const values = [0, 15].map((minutes) => ({ pointId: 1, ts: at(minutes), value: minutes / 3 }));
    await operations.saveForecast({ id: 'run-1', made: at(0), method: 'same slot last week', values });
    const { rows } = await database.store.pool.query('select point_id, value from forecast_value order by ts');
    expect(rows).toEqual([
      { point_id: 1, value: 0 },
      { point_id: 1, value: 5 },
    ]);
  });

  it.each([{ a: [1, null] }, [], 'text', 0, false])('a state document is kept: %j', async (document) => {
    await operations.putState('estimate', document);
    expect(await operations.getState('estimate')).toEqual(document);
    expect(await operations.getState('never written')).toBeUndefined();
  });
});
