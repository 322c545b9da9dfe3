import { describe, expect, it } from '@jest/globals';

import { runShuttleDay } from './run-shuttle-day.js';
import { EXACT_DRIVING, scripted, tinyDay, tinyRide, tinyShuttles, trip } from './tiny-shuttles.fixture.js';

const nobody: readonly number[] = [];

describe('a day of shuttles', () => {
  it('A01: people wait until the vehicle leaves', async () => {
    const record = await runShuttleDay(tinyDay([[0, 240], nobody]), scripted({ 'bus-1': [trip('out', 300)] }));
    expect(record.people.map(({ waitedS, leftS, arrivedS }) => [waitedS, leftS, arrivedS])).toEqual([
      [300, 300, 900],
      [60, 300, 900],
    ]);
    expect(record).toMatchObject({ km: 10, deadheadKm: 0, vehicleHours: 0.25, refused: [] });
  });

  it('A02: nobody boards before he comes', async () => {
    const record = await runShuttleDay(tinyDay([[301], nobody]), scripted({ 'bus-1': [trip('out', 300)] }));
    expect(record.people[0]).toMatchObject({ leftS: undefined, waitedS: 0, passed: 0 });
  });

  it('A03: a full vehicle leaves people behind, the last who came', async () => {
    const record = await runShuttleDay(
      tinyDay([[1, 2, 3, 4, 5, 6], nobody]),
      scripted({ 'bus-1': [trip('out', 300), trip('back', 1200), trip('out', 2100)] }),
    );
    expect(record.people.map(({ leftS, passed }) => [leftS, passed])).toEqual([
      [300, 0],
      [300, 0],
      [300, 0],
      [300, 0],
      [2100, 1],
      [2100, 1],
    ]);
    expect(record.mostAboard).toEqual([4, 0, 2]);
  });

  it('A04: who waits dearer boards first', async () => {
    const rides = [tinyRide('hall', 'park'), tinyRide('hall', 'park', { group: 'athletes' })];
    const record = await runShuttleDay(
      tinyDay([[1, 2, 3, 4], [100]], { rides }),
      scripted({ 'bus-1': [trip('out', 300)] }),
    );
    expect(record.people.map(({ cameS, leftS }) => [cameS, leftS])).toEqual([
      [1, 300],
      [2, 300],
      [3, 300],
      [4, undefined],
      [100, 300],
    ]);
  });

  it('A05: the second who needs an accessible place is passed by others behind him', async () => {
    const rides = [tinyRide('hall', 'park', { accessible: true }), tinyRide('hall', 'park')];
    const record = await runShuttleDay(tinyDay([[1, 2], [3]], { rides }), scripted({ 'bus-1': [trip('out', 300)] }));
    expect(record.people.map(({ leftS, passed }) => [leftS, passed])).toEqual([
      [300, 0],
      [undefined, 1],
      [300, 0],
    ]);
  });

  it('A06: a late vehicle is late for its next trip too', async () => {
    const late = { ...tinyDay([nobody, nobody]), driving: { ...EXACT_DRIVING, pace_ratio: 1.5 } };
    const { departures } = await runShuttleDay(late, scripted({ 'bus-1': [trip('out', 0), trip('back', 900)] }));
    expect(departures.map(({ due_s, left_s }) => [due_s, left_s])).toEqual([
      [0, 0],
      [900, 1200],
    ]);
  });

  it('A07: boarding takes time unless the vehicle stood there long enough', async () => {
    const slow = { ...EXACT_DRIVING, doors_s: 20, board_s: 10 };
    const leave = async (at: number) => {
      const day = { ...tinyDay([[0, 0], nobody]), driving: slow };
      return (await runShuttleDay(day, scripted({ 'bus-1': [trip('out', at)] }))).departures[0]?.left_s;
    };
    expect([await leave(0), await leave(30), await leave(60)]).toEqual([40, 40, 60]);
  });

  it('A08: a vehicle goes empty to where its trip begins, and does not drive from elsewhere', async () => {
    const deadhead = { kind: 'deadhead', from_place: 'hall', to_place: 'park', at_s: 0 } as const;
    const there = await runShuttleDay(tinyDay([nobody, [60]]), scripted({ 'bus-1': [deadhead, trip('back', 900)] }));
    expect(there.people[0]?.leftS).toBe(900);
    expect(there.deadheadKm).toBe(8);
    const elsewhere = await runShuttleDay(tinyDay([nobody, [60]]), scripted({ 'bus-1': [trip('back', 900)] }));
    expect(elsewhere.departures).toEqual([]);
    expect(elsewhere.refused[0]).toBe('bus-1 at 900 s: it is at hall, not at park');
  });

  it('A09: people on a loop go on with the next vehicle from its terminus', async () => {
    const [out] = tinyShuttles.patterns;
    if (!out) throw new Error('There is no pattern.');
    const loop = {
      ...out,
      to_place: 'hall',
      stops: [...out.stops, { stop: 'hall', offset_slots: 3 }],
    };
    const rides = [tinyRide('park', 'hall', { then: 1 }), tinyRide('hall', 'park')];
    const record = await runShuttleDay(
      tinyDay([[0], nobody], { patterns: [loop], rides }),
      scripted({ 'bus-1': [trip('out', 300), trip('out', 1500)] }),
    );
    // Waits until 900 at the park, is at the hall at 1200, waits until 1500 there.
    expect(record.people[0]).toMatchObject({ waitedS: 1200, leftS: 900, arrivedS: 2100 });
  });

  it('A10: a vehicle that breaks down finishes its trip and comes back later', async () => {
    const day = { ...tinyDay([nobody, nobody]), breakdowns: [{ vehicle: 'bus-1', at_s: 60, lasts_s: 1500 }] };
    const dispatcher = scripted({ 'bus-1': [trip('out', 0), trip('back', 900)] });
    const { departures } = await runShuttleDay(day, dispatcher);
    expect(departures.map(({ left_s }) => left_s)).toEqual([0, 1560]);
    expect(dispatcher.views[1]?.vehicles[0]).toMatchObject({ ready_s: 1560, trip: { next_call: 1, next_call_s: 600 } });
  });

  it('A11: a trip that ends after the driver’s hours is not begun', async () => {
    const vehicles = [{ id: 'bus-1', type: 'bus', place: 'hall', ready_slot: 0, until_slot: 5 }];
    const { departures, refused } = await runShuttleDay(
      tinyDay([nobody, nobody], { vehicles }),
      scripted({ 'bus-1': [trip('out', 0), trip('back', 900)] }),
    );
    expect(departures).toHaveLength(1);
    expect(refused[0]).toContain('hours are over');
  });

  it('A12: an electric vehicle drives as far as its battery lasts, and charges where a charger is free', async () => {
    const [bus] = tinyShuttles.vehicle_types;
    if (!bus) throw new Error('There is no type.');
    const battery = { capacity_kwh: 30, reserve_kwh: 5, kwh_per_km: 1, charging_kw: 60 };
    const instance = {
      vehicle_types: [{ ...bus, battery }],
      vehicles: ['bus-1', 'bus-2'].map((id) => ({ id, type: 'bus', place: 'hall', ready_slot: 0, charge_kwh: 15 })),
      places: [{ id: 'hall' }, { id: 'park', chargers: 1 }],
    };
    const charge = { kind: 'charge', place: 'park', at_s: 900, until_s: 1500, kwh: 10 } as const;
    const { departures, refused } = await runShuttleDay(
      tinyDay([nobody, nobody], instance),
      scripted({
        'bus-1': [trip('out', 0), charge, trip('back', 1500)],
        'bus-2': [trip('out', 0), charge, trip('back', 1500)],
      }),
    );
    expect(departures.map(({ vehicle, left_s }) => [vehicle, left_s])).toEqual([
      ['bus-1', 0],
      ['bus-2', 0],
      ['bus-1', 1500],
    ]);
    expect(refused[0]).toBe('bus-2 at 900 s: no charger is free at park');
    expect(refused).toContain('bus-2 at 1500 s: its battery is too low');
  });
});
