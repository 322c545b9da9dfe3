import { epochMs, HOUR_MS } from '#libs/kernel';

import { EventQueue } from '../event-queue.js';
import type { DispatchProblem } from './contract.js';
import type { DepartureRecord, Dispatcher, Order, ShuttleView } from './dispatcher.js';
import { Roads } from './driving.js';
import { Network } from './network.js';
import type { Person } from './people.js';
import { findRideRefusal } from './refusal.js';
import { daySeconds, type ShuttleDay } from './shuttle-day.js';
import { type Boarded, Stops } from './stops.js';
import { type Trip, VehicleState } from './vehicle.js';
import { countComing, countQueues, viewVehicle } from './view.js';

/** What happened on a day. */
export interface DayRecord {
  /** Everybody who came, in the order in which they came. */
  readonly people: readonly Readonly<Person>[];
  readonly departures: readonly DepartureRecord[];
  /** Most people that each departure had aboard at once. */
  readonly mostAboard: readonly number[];
  /** Orders that no vehicle could carry out, with the reason. */
  readonly refused: readonly string[];
  readonly km: number;
  readonly deadheadKm: number;
  /** Trips and deadheads, the least layover included. */
  readonly vehicleHours: number;
  /** Until when orders were given, seconds; what was under way then arrived. */
  readonly endS: number;
}

/** No trip takes longer than this. */
const LONGEST_TRIP_MS = 6 * HOUR_MS;

/** Drives a day, second by second, as a dispatcher says. The same day and decisions give the same record. */
export const runShuttleDay = async (day: ShuttleDay, dispatcher: Dispatcher): Promise<DayRecord> => {
  const run = new ShuttleRun(day, dispatcher);
  await run.drive();
  return run.record();
};

class ShuttleRun {
  readonly #events = new EventQueue();
  readonly #instance: DispatchProblem;
  readonly #network: Network;
  readonly #roads: Roads;
  readonly #stops: Stops;
  readonly #vehicles: readonly VehicleState[];
  readonly #slotS: number;
  readonly #endS: number;
  readonly #departures: DepartureRecord[] = [];
  readonly #mostAboard: number[] = [];
  readonly #refused: string[] = [];
  /** People who come in each slot, by ride. */
  readonly #coming: readonly (readonly number[])[];
  #km = 0;
  #deadheadKm = 0;
  #busyS = 0;

  constructor(
    private readonly day: ShuttleDay,
    private readonly dispatcher: Dispatcher,
  ) {
    const { instance, driving, seed, comes_s } = day;
    this.#instance = instance;
    this.#slotS = instance.grid.slotMs / 1000;
    this.#endS = daySeconds(day) + day.run_out_s;
    this.#network = new Network(instance);
    this.#roads = new Roads(instance, driving, seed);
    this.#stops = new Stops(instance.rides, comes_s);
    this.#coming = countComing(comes_s, this.#slotS, instance.grid.count);
    this.#vehicles = instance.vehicles.map((vehicle) => {
      const untilS = vehicle.until_slot === undefined ? Infinity : vehicle.until_slot * this.#slotS;
      return new VehicleState(vehicle, this.#network.type(vehicle.type), untilS, this.#slotS);
    });
  }

  async drive(): Promise<void> {
    const endMs = epochMs(this.#endS * 1000);
    for (const { vehicle, at_s, lasts_s } of this.day.breakdowns) {
      const state = this.#vehicles.find((one) => one.vehicle.id === vehicle);
      this.#at(at_s, 'call', () => {
        if (state) state.brokenUntilS = Math.max(state.brokenUntilS, at_s + lasts_s);
      });
    }
    this.#decideAt(0);
    await this.#events.runUntil(endMs);
    // Nothing new begins; what is under way arrives.
    for (const vehicle of this.#vehicles) vehicle.orders = [];
    await this.#events.runUntil(epochMs(endMs + LONGEST_TRIP_MS));
    this.#stops.admit(this.#endS);
  }

  record(): DayRecord {
    return {
      people: this.#stops.people,
      departures: this.#departures,
      mostAboard: this.#mostAboard,
      refused: this.#refused,
      km: this.#km,
      deadheadKm: this.#deadheadKm,
      vehicleHours: this.#busyS / 3600,
      endS: this.#endS,
    };
  }

  #at(seconds: number, phase: 'plan' | 'depart' | 'call', action: () => void | Promise<void>): void {
    this.#events.schedule(epochMs(Math.round(seconds * 1000)), phase, action);
  }

  #decideAt(nowS: number): void {
    if (nowS >= this.#endS) return;
    this.#at(nowS, 'plan', async () => {
      this.#stops.admit(nowS);
      const orders = await this.dispatcher.decide(this.#view(nowS));
      for (const vehicle of this.#vehicles) {
        vehicle.orders = orders.get(vehicle.vehicle.id) ?? [];
        this.#wake(vehicle, nowS);
      }
      this.#decideAt(nowS + this.dispatcher.every_s);
    });
  }

  /** The vehicle looks at its orders when it is free and the next one is due. */
  #wake(vehicle: VehicleState, nowS: number): void {
    const next = vehicle.orders[0];
    if (!next || vehicle.freeS === Infinity) return;
    const atS = Math.max(nowS, vehicle.freeS, next.at_s);
    if (vehicle.wakesS !== undefined && vehicle.wakesS <= atS && vehicle.wakesS >= nowS) return;
    vehicle.wakesS = atS;
    this.#at(atS, 'depart', () => {
      if (vehicle.wakesS === atS) vehicle.wakesS = undefined;
      this.#obey(vehicle, atS);
    });
  }

  #obey(vehicle: VehicleState, nowS: number): void {
    const [next, ...later] = vehicle.orders;
    if (next && vehicle.freeS <= nowS && next.at_s <= nowS) {
      vehicle.orders = later;
      const refusal = this.#findRefusal(vehicle, next, nowS);
      if (refusal === undefined) this.#begin(vehicle, next, nowS);
      else this.#refused.push(`${vehicle.vehicle.id} at ${Math.round(nowS)} s: ${refusal}`);
    }
    this.#wake(vehicle, nowS);
  }

  #findRefusal(vehicle: VehicleState, order: Order, nowS: number): string | undefined {
    if (order.kind !== 'charge')
      return findRideRefusal({ network: this.#network, roads: this.#roads }, vehicle, order, nowS);
    const { place } = order;
    if (place !== vehicle.place) return `it is at ${vehicle.place}, not at ${place}`;
    const chargers = this.#instance.places.find(({ id }) => id === place)?.chargers ?? 0;
    const taken = this.#vehicles.filter(({ charges, readyS }) => charges === place && readyS > nowS).length;
    return taken < chargers ? undefined : `no charger is free at ${place}`;
  }

  #begin(vehicle: VehicleState, order: Order, nowS: number): void {
    if (order.kind === 'charge') this.#charge(vehicle, order, nowS);
    else if (order.kind === 'deadhead') this.#deadhead(vehicle, order.from_place, order.to_place, nowS);
    else this.#depart(vehicle, order, nowS);
  }

  #charge(vehicle: VehicleState, { place, until_s, kwh }: Extract<Order, { kind: 'charge' }>, nowS: number): void {
    const { battery } = vehicle.type;
    if (!battery || vehicle.chargeKwh === undefined || until_s <= nowS) return;
    vehicle.charges = place;
    vehicle.readyS = until_s;
    const most = (battery.charging_kw * (until_s - nowS)) / 3600;
    vehicle.chargeKwh = Math.min(battery.capacity_kwh, vehicle.chargeKwh + Math.min(kwh, most));
  }

  #deadhead(vehicle: VehicleState, from: string, to: string, nowS: number): void {
    const { index, value } = this.#network.deadhead(from, to);
    const lastsS = this.#roads.deadheadS(value.slots, index, nowS);
    vehicle.drive(value.km);
    vehicle.place = to;
    vehicle.readyS = nowS + lastsS;
    this.#deadheadKm += value.km;
    this.#busyS += lastsS;
  }

  #depart(vehicle: VehicleState, order: Extract<Order, { kind: 'trip' }>, nowS: number): void {
    const pattern = this.#network.pattern(order.pattern);
    const standsS = nowS - vehicle.freeS;
    const boarded = this.#board(vehicle, pattern, 0, [], nowS);
    // The doors have been open for as long as it stood there.
    const leftS = nowS + Math.max(0, this.#roads.callS(0, boarded.length) - standsS);
    vehicle.trip = { pattern, leftS, call: 0, callLeftS: leftS, aboard: boarded };
    vehicle.drive(pattern.value.km);
    vehicle.place = pattern.value.to_place;
    vehicle.readyS = Infinity;
    this.#km += pattern.value.km;
    this.#busyS -= nowS;
    const number = this.#departures.push({
      pattern: order.pattern,
      vehicle: vehicle.vehicle.id,
      due_s: order.at_s,
      left_s: leftS,
    });
    this.#leave(vehicle, vehicle.trip, boarded, number - 1);
  }

  /** People of a line who get on at a call. */
  #board(
    { type }: VehicleState,
    pattern: Trip['pattern'],
    call: number,
    staying: readonly Boarded[],
    nowS: number,
  ): readonly Boarded[] {
    this.#stops.admit(nowS);
    const accessible = staying.filter(({ ride }) => this.#instance.rides[ride]?.accessible).length;
    const room = { places: type.seats + type.standing - staying.length, accessible: type.accessible - accessible };
    return this.#stops.board(this.#network.boardable(pattern, call), room);
  }

  /** Leaves a call and drives to the next one. */
  #leave(vehicle: VehicleState, trip: Trip, boarded: readonly Boarded[], number: number): void {
    const { pattern, call, callLeftS, aboard } = trip;
    for (const { person } of boarded) {
      person.waitedS += callLeftS - person.sinceS;
      person.leftS ??= callLeftS;
    }
    this.#mostAboard[number] = Math.max(this.#mostAboard[number] ?? 0, aboard.length);
    const arrivesS = callLeftS + this.#roads.legS(pattern.value, pattern.index, call, callLeftS);
    this.#at(arrivesS, 'call', () => this.#call(vehicle, trip, arrivesS, number));
  }

  #call(vehicle: VehicleState, trip: Trip, nowS: number, number: number): void {
    const { pattern } = trip;
    const call = trip.call + 1;
    const off = trip.aboard.filter(({ alight }) => alight === call);
    this.#stops.admit(nowS);
    for (const boarded of off) this.#stops.alight(boarded, nowS);
    const staying = trip.aboard.filter(({ alight }) => alight !== call);
    const last = call === pattern.value.stops.length - 1;
    const boarded = last ? [] : this.#board(vehicle, pattern, call, staying, nowS);
    trip.call = call;
    trip.callLeftS = nowS + this.#roads.callS(off.length, boarded.length);
    trip.aboard = [...staying, ...boarded];
    if (!last) {
      this.#leave(vehicle, trip, boarded, number);
      return;
    }
    vehicle.trip = undefined;
    vehicle.readyS = trip.callLeftS + this.#roads.turnS(pattern.value);
    this.#busyS += vehicle.readyS;
    this.#wake(vehicle, nowS);
  }

  #view(nowS: number): ShuttleView {
    const over = Math.floor(nowS / this.#slotS);
    return {
      now_s: nowS,
      vehicles: this.#vehicles.map((vehicle) => viewVehicle(this.#roads, vehicle, nowS)),
      queues: countQueues(this.#stops.waiting, this.day.seed, nowS),
      came: this.#coming.map((people) => people.slice(0, over)),
      departures: this.#departures,
    };
  }
}
