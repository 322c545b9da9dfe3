import { isAlive } from '../model/add-meters.js';
import { type Connection, type Load, POWER, type SiteProblem, valueAt } from '../problem.js';
import type { Loss } from './losses.js';

/** What a loss asks of sites, and of what helps them. */
export interface Moment {
  readonly limit: 'reserve' | 'ride_through';
  /** For so long stores must go on. */
  readonly hours: number;
  /** kW of a site that the rest must bring. */
  readonly neededKw: (site: SiteProblem, slot: number) => number;
  /** What a kW that is missing counts, hours. */
  readonly weight: (site: SiteProblem) => number;
  /** Whether switches operate within it. */
  readonly switches: boolean;
}

/** For so long a loss must be survived: by then people have switched, or machines have started. */
const QUARTER_HOURS = 0.25;
/** Until a transfer switch has operated. */
const DIP_HOURS = 1 / 60;

const mustBeServed = ({ loads }: SiteProblem): readonly Load[] =>
  loads.filter(({ bus = POWER, shed_cost_per_kwh }) => bus === POWER && shed_cost_per_kwh === undefined);

const sumOf = (loads: readonly Load[], each: (load: Load) => number): number =>
  loads.reduce((sum, load) => sum + each(load), 0);

/** The quarter of an hour after a loss: all that has no switch, but for what its own UPS brings. */
export const QUARTER: Moment = {
  limit: 'reserve',
  hours: QUARTER_HOURS,
  neededKw: (site, slot) =>
    sumOf(mustBeServed(site), ({ power_kw, ups }) =>
      Math.max(
        0,
        valueAt(power_kw, slot) - (ups ? ups.power_kw * Math.min(1, ups.autonomy_min / 60 / QUARTER_HOURS) : 0),
      ),
    ),
  weight: () => QUARTER_HOURS,
  switches: true,
};

/** The seconds until a switch has operated: lights that no UPS holds. All else may go off for so long. */
export const DIP: Moment = {
  limit: 'ride_through',
  hours: DIP_HOURS,
  neededKw: (site, slot) =>
    sumOf(mustBeServed(site), ({ power_kw, ups, restrike_min = 0 }) =>
      restrike_min > 0 ? Math.max(0, valueAt(power_kw, slot) - (ups?.power_kw ?? 0)) : 0,
    ),
  weight: ({ loads }) => Math.max(0, ...loads.map(({ restrike_min = 0 }) => restrike_min)) / 60,
  switches: false,
};

/** Connections that an interlock keeps from being closed beside one, as far as they are left. */
export const listBarring = (
  { interlocks = [], connections }: SiteProblem,
  connection: string,
  loss: Loss,
  slot: number,
) => {
  const others = interlocks.filter((one) => one.connections.includes(connection)).flatMap((one) => one.connections);
  return connections
    .filter((one) => one.connection !== connection && others.includes(one.connection))
    .filter((one) => isAlive(one, slot) && !loss.connections.has(one.connection))
    .map((one) => one.connection);
};

/** Whether a connection goes on after a loss: with a switch, where that has it closed, or closes it because it has lost another. Of those that an interlock keeps apart, the first closes. */
export const isLeft = (
  site: SiteProblem,
  one: Connection,
  loss: Loss,
  moment: Moment,
  slot: number,
): 'no' | 'where closed' | 'yes' => {
  const own = statusOf(site, one, loss, moment, slot);
  if (own !== 'yes') return own;
  const barring = listBarring(site, one.connection, loss, slot);
  const before = site.connections.slice(0, site.connections.indexOf(one));
  const isLate = before.some(
    (other) => barring.includes(other.connection) && statusOf(site, other, loss, moment, slot) === 'yes',
  );
  return isLate ? 'no' : 'yes';
};

const statusOf = (
  site: SiteProblem,
  { connection, ...one }: Connection,
  loss: Loss,
  { switches }: Moment,
  slot: number,
): 'no' | 'where closed' | 'yes' => {
  if (loss.connections.has(connection) || !isAlive({ connection, ...one }, slot)) return 'no';
  const on = (site.switches ?? []).filter(({ connections }) => connections.includes(connection));
  const transfers = switches && on.every(({ connections }) => connections.some((other) => loss.connections.has(other)));
  return on.length === 0 || transfers ? 'yes' : 'where closed';
};
