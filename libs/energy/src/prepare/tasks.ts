import { listVehicles, type Venue } from '#libs/games';
import { HOUR_MS, overlaps } from '#libs/kernel';
import { POWER, type Task, type Unit } from '../problem.js';
import { assetKey, type Charging, type EnergyInputs } from './energy-inputs.js';
import { dailyWindows, gridInterval } from './time-slots.js';

/** Energies below this are done. */
const NOTHING_KWH = 1e-3;

/** What is left to do of a venue's daily tasks in the windows that end within the grid or are open at its end. */
export const prepareTasks = (
  { pack, grid, measured }: EnergyInputs,
  { id: venue, tasks = [] }: Venue,
): readonly Task[] =>
  tasks.flatMap(({ id, energy_kwh, power_kw, from, until, interruptible = false }) => {
    const done = measured?.doneKwh.get(assetKey(venue, id));
    if (done === undefined) return [];
    const windows = dailyWindows({ from, until }, pack.games.time_zone, gridInterval(grid));
    return windows.flatMap(({ start, end }, at) => {
      const open = start < grid.start;
      const left = energy_kwh - (open ? done : 0);
      const first = Math.max(0, Math.ceil((start - grid.start) / grid.slotMs));
      const last = Math.floor((end - grid.start) / grid.slotMs);
      // A window that the grid cuts off is the next plans' too; a task that has no slot left cannot be planned.
      if (left <= NOTHING_KWH || last <= first || last > grid.count) return [];
      // What has begun and must not pause goes on now.
      const running = open && !interruptible && done > NOTHING_KWH;
      const needed = Math.ceil((left / power_kw) * (3_600_000 / grid.slotMs));
      return {
        task: at === 0 ? id : `${id}.${at + 1}`,
        energy_kwh: left,
        power_kw,
        from_slot: first,
        until_slot: running ? Math.min(last, first + needed) : last,
        interruptible,
      };
    });
  });

interface DepotCharging {
  readonly tasks: readonly Task[];
  /** The limit of a depot's chargers together, as a machine that power goes through. */
  readonly units: readonly Unit[];
}

/**
 * Charging at the depots that a venue feeds: a task for each vehicle that the dispatch plan charges, from its arrival to its departure, so that the venue's and its feeder's limits
 * are limits on charging. Of what is under way, the part before the grid is done, as evenly as the dispatch plan has it.
 */
export const prepareCharging = ({ pack, grid, charging = [] }: EnergyInputs, { id: venue }: Venue): DepotCharging => {
  if (charging.length === 0) return { tasks: [], units: [] };
  const { depots, vehicle_types } = pack.transport;
  const power = new Map(
    listVehicles(pack.transport).map(({ id, group }) => [
      id,
      vehicle_types.find((type) => type.id === group.type)?.battery?.charging_kw,
    ]),
  );
  const parts = depots
    .filter((depot) => depot.venue === venue)
    .map(({ id, charging_kw }): DepotCharging => {
      const own = charging.filter(({ depot, ...stay }) => depot === id && overlaps(stay, gridInterval(grid)));
      if (own.length === 0) return { tasks: [], units: [] };
      const bus = charging_kw === undefined ? POWER : `${id}.chargers`;
      const tasks = own.flatMap((stay, at): readonly Task[] => {
        const power_kw = power.get(stay.vehicle);
        const isFirst = own.findIndex(({ vehicle }) => vehicle === stay.vehicle) === at;
        const task = `${chargingTask(id, stay.vehicle)}${isFirst ? '' : `.${at}`}`;
        return power_kw === undefined
          ? []
          : [{ task, bus, power_kw, interruptible: true, ...remaining(stay, grid, power_kw) }];
      });
      const unit = { unit: bus, outputs: [{ bus, per_kw: 1 }], inputs: [{ bus: POWER, per_kw: 1 }], cost_per_kwh: 0 };
      return { tasks, units: charging_kw === undefined ? [] : [{ ...unit, capacity_kw: charging_kw }] };
    });
  return { tasks: parts.flatMap(({ tasks }) => tasks), units: parts.flatMap(({ units }) => units) };
};

/** What the charging of a vehicle is called in plans and setpoints; a later stay within the horizon has its number after it. */
export const chargingTask = (depot: string, vehicle: string): string => `${depot}.${vehicle}`;

/** In the slots that lie wholly in the stay, where those are enough; else in all that it touches. */
const remaining = (
  { start, end, kwh }: Charging,
  { start: from, slotMs }: EnergyInputs['grid'],
  power_kw: number,
): Pick<Task, 'energy_kwh' | 'from_slot' | 'until_slot'> => {
  const energy_kwh = (kwh * (end - Math.max(start, from))) / (end - start);
  const [starts, ends] = [Math.max(0, start - from) / slotMs, (end - from) / slotMs];
  const whole = { from_slot: Math.ceil(starts), until_slot: Math.floor(ends) };
  const isEnough = (whole.until_slot - whole.from_slot) * power_kw * (slotMs / HOUR_MS) >= energy_kwh;
  return { energy_kwh, ...(isEnough ? whole : { from_slot: Math.floor(starts), until_slot: Math.ceil(ends) }) };
};
