import type { Fault } from '#libs/kernel';
import { windowMinutes } from '../civil.js';
import { findNumber, findText, type Found, listAt, listBelow } from '../reading/document.js';
import { type Check, faultAt, listRepeated, listSources } from './check.js';

const listVenues = (documents: Parameters<Check>[0]): readonly Found[] => listAt(documents['venues.yaml'], 'venues[]');

const fault = (found: Found, key: string, rule: string, message: string): Fault =>
  faultAt('venues.yaml', listBelow(found, key)[0] ?? found, rule, message);

/** Names that every venue's own assets have: its metered load, its PV and its battery. */
const TAKEN = ['load', 'pv', 'battery'];
const NAMES = ['loads[].id', 'generators[].id', 'thermal[].id', 'thermal[].machine.id', 'tasks[].id', 'switches[].id'];

/** Assets of a venue are told by name what to do. */
export const checkAssetNames: Check = (documents) =>
  listVenues(documents).flatMap((venue) => {
    const names = NAMES.flatMap((pattern) => listBelow(venue, pattern));
    return [
      ...listRepeated(names).map((found) =>
        faultAt('venues.yaml', found, 'duplicate_id', `The id is taken by ${found.first}. Give each its own.`),
      ),
      ...names
        .filter(({ value }) => typeof value === 'string' && TAKEN.includes(value))
        .map((found) =>
          faultAt('venues.yaml', found, 'duplicate_id', `${TAKEN.join(', ')} are taken. Choose another id.`),
        ),
    ];
  });

/** No more than the metered load is shared out; only what is neither life safety nor broadcast has a switch, and only what has none a UPS. */
export const checkLoads: Check = (documents) =>
  listVenues(documents).flatMap((venue) => {
    const shares = [...listBelow(venue, 'loads[].share'), ...listBelow(venue, 'thermal[].share')];
    const sum = shares.reduce((total, { value }) => total + (typeof value === 'number' ? value : 0), 0);
    const last = shares.at(-1);
    const switched = listBelow(venue, 'loads[]').filter(
      (load) =>
        ['life_safety', 'broadcast'].includes(findText(load, 'tier') ?? '') &&
        listBelow(load, 'shed_cost_per_kwh').length > 0,
    );
    const held = listBelow(venue, 'loads[]').filter(
      (load) => listBelow(load, 'ups').length > 0 && listBelow(load, 'shed_cost_per_kwh').length > 0,
    );
    return [
      ...held.map((load) =>
        fault(
          load,
          'ups',
          'switched_off',
          'A load with a switch is off after a loss, and needs no UPS. Leave out the UPS or the price.',
        ),
      ),
      ...(sum > 1 + 1e-9 && last
        ? [
            faultAt(
              'venues.yaml',
              last,
              'shares',
              `Shares of the venue's load sum to ${sum.toFixed(3)}; at most 1. Lower one.`,
            ),
          ]
        : []),
      ...switched.map((load) =>
        fault(
          load,
          'shed_cost_per_kwh',
          'never_shed',
          'Life safety and broadcast are never shed. Leave the price out.',
        ),
      ),
    ];
  });

const curveFaults = (generator: Found): readonly Fault[] => {
  const points = listBelow(generator, 'fuel.curve[]').map(({ value }) => value);
  const isPoint = (value: unknown): value is [number, number] =>
    Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'number');
  if (!points.every(isPoint)) return [];
  const slopes = points.slice(1).map(([kw, fuel], at) => {
    const [before, burnt] = points[at] ?? [0, 0];
    return kw > before ? (fuel - burnt) / (kw - before) : NaN;
  });
  const isConvex = slopes.every((slope, at) => !Number.isNaN(slope) && slope >= (slopes[at - 1] ?? 0) - 1e-9);
  if (isConvex) return [];
  const message =
    'Powers must ascend, and each piece must be at least as steep as the one before. Leave out points that lie above their neighbours.';
  return [fault(generator, 'fuel.curve', 'fuel_curve', message)];
};

/** A generator's least power is within its capacity, and a kW more never burns less than the one before it. */
export const checkGenerators: Check = (documents) =>
  listAt(documents['venues.yaml'], 'venues[].generators[]').flatMap((generator) => {
    const [min, capacity] = [findNumber(generator, 'min_kw'), findNumber(generator, 'capacity_kw')];
    return [
      ...(min !== undefined && capacity !== undefined && min > capacity
        ? [fault(generator, 'min_kw', 'below_capacity', `It must be at most the capacity, ${capacity} kW.`)]
        : []),
      ...curveFaults(generator),
    ];
  });

/** The work fits between its two times. */
export const checkTasks: Check = (documents) =>
  listAt(documents['venues.yaml'], 'venues[].tasks[]').flatMap((task) => {
    const [energy, power] = [findNumber(task, 'energy_kwh'), findNumber(task, 'power_kw')];
    const minutes = windowMinutes(findText(task, 'from') ?? '', findText(task, 'until') ?? '');
    if (energy === undefined || power === undefined || minutes === undefined) return [];
    const most = (power * minutes) / 60;
    if (energy <= most) return [];
    const message = `At ${power} kW it takes ${(energy / power).toFixed(1)} hours, and its window has ${(minutes / 60).toFixed(1)}. Ask for at most ${most.toFixed(0)} kWh, or widen the window.`;
    return [fault(task, 'energy_kwh', 'window_too_short', message)];
  });

const measured = [
  ['loads[]', 'sub_power'],
  ['generators[]', 'asset_power'],
  ['thermal[]', 'store_soc'],
  ['tasks[]', 'asset_power'],
  ['switches[]', 'switch_position'],
] as const;

/** What is planned is measured: each asset's point is one of its venue, of the kind that says what it does. */
export const checkAssetPoints: Check = (documents) =>
  documents['devices.yaml'] === undefined
    ? []
    : listVenues(documents).flatMap((venue) => {
        const points = listSources(documents)
          .filter((source) => findText(source, 'venue') === findText(venue, 'id'))
          .flatMap((source) => listBelow(source, 'points[]'));
        return measured.flatMap(([pattern, kind]) => {
          const known = points
            .filter((point) => findText(point, 'kind') === kind)
            .map((point) => findText(point, 'id'));
          return listBelow(venue, `${pattern}.point`)
            .filter(({ value }) => typeof value === 'string' && !known.includes(value))
            .map((found) => {
              const message = `devices.yaml has only ${known.join(', ') || 'none'} of kind ${kind} for this venue. Add the point there.`;
              return faultAt('venues.yaml', found, 'unmeasured', message);
            });
        });
      });
