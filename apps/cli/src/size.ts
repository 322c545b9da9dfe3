import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Command } from 'commander';

import {
  type EnergyProblem,
  pickDays,
  prepareSeason,
  type RecordedDay,
  type RightSizing,
  rightSizing,
  type Season,
  sizeSeason,
  type Sizing,
  sizingFile,
  type SizedSeason,
  valueAt,
} from '#libs/energy';
import { loadPack, minuteValues, type Pack, type Point } from '#libs/games';
import { DAY_MS, type EpochMs, epochMs, fail, formatFault, fromCivil, ok, type Result, toCivil } from '#libs/kernel';
import { createSolver } from '#libs/lp';

import { formatTable, type Output } from './output.js';
import { readDocument } from './read-document.js';

/** Days that stand for the others, beside the day of the highest peak. */
const GROUPS = 7;
/** Days of the record that are looked at: the pack's recordings repeat after some weeks. */
const RECORDED_DAYS = 28;
/** Values of lost load of the curve, as multiples of the file's. */
const CURVE = [0.03, 0.1, 0.3, 1, 3, 10] as const;
const DEADLINE_MS = 120_000;
const HOURS = 24;
const MINUTES = 60;

interface Sized {
  readonly sites: readonly RightSizing[];
  readonly currency: string;
  readonly curve: readonly ({ readonly value_of_lost_load: number } & Pick<SizedSeason, 'cost' | 'unserved_kwh'>)[];
}

/** `size <pack>`: what connections, generators and batteries of a pack's venues should be. */
export const registerSize = (program: Command, output: Output): void => {
  program
    .command('size <pack>')
    .description("sizes of least cost of a pack's connections, generators and batteries, by its sizing.yaml")
    .option('--json', 'one JSON value on stdout')
    .action(async (directory: string, options: { json?: true }) => {
      const read = await readSizing(directory);
      if (!read.ok) {
        output.fail();
        if (options.json) output.out(JSON.stringify({ ok: false, error: read.error }));
        else output.err(`error: ${read.error}`);
        return;
      }
      const { pack, sizing } = read.value;
      const sized = await sizePack(pack, sizing, (done) => {
        if (process.stderr.isTTY)
          process.stderr.write(`\rsizes: ${done} of ${CURVE.length}${done === CURVE.length ? '\n' : ''}`);
      });
      output.out(options.json ? JSON.stringify({ ok: true, ...sized }) : describe(sized));
    });
};

const readSizing = async (
  directory: string,
): Promise<Result<{ readonly pack: Pack; readonly sizing: Sizing }, string>> => {
  const folder = [resolve(directory), resolve('config', directory)].find((one) => existsSync(join(one, 'games.yaml')));
  if (folder === undefined)
    return fail(`There is no games.yaml in ${directory} or config/${directory}. Give the folder of a pack.`);
  const file = join(folder, 'sizing.yaml');
  if (!existsSync(file))
    return fail(`${file} is missing: what sizes cost for the season. docs/sizing.md says what it holds.`);
  const sizing = await readDocument(file, sizingFile);
  if (!sizing.ok) return sizing;
  const pack = await loadPack(folder);
  if (pack.ok) return ok({ pack: pack.value, sizing: sizing.value });
  const [first] = pack.error;
  return fail(`The pack ${folder} has ${pack.error.length} faults: ${first ? formatFault(first) : ''}`);
};

const sizePack = async (pack: Pack, sizing: Sizing, onProgress: (done: number) => void): Promise<Sized> => {
  const days = recordedDays(pack, sizing.season_days);
  const solver = createSolver('highs');
  try {
    const curve: Sized['curve'][number][] = [];
    let sites: readonly RightSizing[] = [];
    for (const factor of CURVE) {
      const value_of_lost_load = factor * sizing.value_of_lost_load;
      const season = prepareSeason(pack, { ...sizing, value_of_lost_load }, days);
      const sized = await sizeSeason(season, { solver, deadlineMs: DEADLINE_MS });
      if (factor === 1) sites = tableOf(pack, season, sized.sizes, days);
      curve.push({ value_of_lost_load, cost: sized.cost, unserved_kwh: sized.unserved_kwh });
      onProgress(curve.length);
    }
    return { sites, currency: pack.games.currency, curve };
  } finally {
    await solver.close();
  }
};

const tableOf = (
  pack: Pack,
  season: Season,
  sizes: SizedSeason['sizes'],
  days: readonly RecordedDay[],
): readonly RightSizing[] =>
  sizes.map((size, at) => {
    const venue = pack.venues.find(({ id }) => id === size.site);
    const load = days.flatMap(({ loadKw }) => loadKw.get(size.site) ?? []);
    const critical = season.days.flatMap(({ problem }) => criticalKw(problem, at));
    return rightSizing(size, venue?.grid.import_limit_kw ?? 0, load, critical);
  });

const criticalKw = ({ grid, sites }: EnergyProblem, at: number): readonly number[] =>
  Array.from({ length: grid.count }, (_, slot) =>
    (sites[at]?.loads ?? []).reduce(
      (sum, { tier, power_kw }) => sum + (tier === 'normal' ? 0 : valueAt(power_kw, slot)),
      0,
    ),
  );

/** Days on record that stand for the season, from the first whole day of the event's zone on. */
const recordedDays = (pack: Pack, seasonDays: number): readonly RecordedDay[] => {
  const { time_zone: zone } = pack.games;
  const first = Math.floor(toCivil(zone, epochMs(0)) / DAY_MS) * DAY_MS;
  const starts = Array.from({ length: RECORDED_DAYS }, (_, day) => fromCivil(zone, first + day * DAY_MS));
  const days = starts.map((start) => ({
    start,
    loadKw: powerOf(pack, 'load_power', start),
    pvKw: powerOf(pack, 'pv_power', start),
  }));
  const totals = days.map(({ loadKw }) =>
    Array.from({ length: HOURS }, (_, hour) => [...loadKw.values()].reduce((sum, kw) => sum + (kw[hour] ?? 0), 0)),
  );
  const energy = totals.map((kw) => kw.reduce((sum, value) => sum + value, 0));
  const peaks = totals.map((kw) => Math.max(...kw));
  return pickDays(energy, peaks, GROUPS, seasonDays).flatMap(({ day, weight }) => {
    const of = days[day];
    return of ? [{ ...of, weight }] : [];
  });
};

/** Mean kW of each hour of a day by venue. */
const powerOf = (pack: Pack, kind: Point['kind'], start: EpochMs): ReadonlyMap<string, readonly number[]> => {
  const points = pack.gateways.flatMap(({ venue, points: own }) =>
    own.flatMap(({ kind: of, recorded }) => (of === kind && recorded ? [{ venue, recorded }] : [])),
  );
  return new Map(
    points.map(({ venue, recorded }) => {
      const minutes = minuteValues(pack, recorded, start, epochMs(start + DAY_MS));
      const hours = Array.from({ length: HOURS }, (_, hour) => minutes.slice(hour * MINUTES, (hour + 1) * MINUTES));
      return [venue, hours.map((values) => values.reduce((sum, kw) => sum + Math.max(0, kw), 0) / MINUTES)];
    }),
  );
};

const describe = ({ sites, currency, curve }: Sized): string => {
  const kw = (value: number): string => value.toFixed(0);
  const table = formatTable(
    [
      'site',
      'rated kW',
      'peak kW',
      'load factor',
      'oversize',
      'connection kW',
      'generator kW',
      'battery kW',
      'battery kWh',
      'N+1 kW',
    ],
    sites.map((one) => [
      one.site,
      kw(one.rated_kw),
      kw(one.peak_kw),
      one.load_factor.toFixed(2),
      Number.isFinite(one.oversize_ratio) ? one.oversize_ratio.toFixed(2) : '-',
      kw(one.connection_kw),
      kw(one.generator_kw),
      kw(one.battery_kw),
      kw(one.battery_kwh),
      one.n_plus_one_kw > 0 ? kw(one.n_plus_one_kw) : '-',
    ]),
  );
  const costs = formatTable(
    [`value of lost load ${currency}/kWh`, 'total', 'sizes', 'running', 'unserved', 'unserved kWh'],
    curve.map(({ value_of_lost_load, cost, unserved_kwh }) => [
      value_of_lost_load.toFixed(2),
      kw(cost.total),
      kw(cost.capital),
      kw(cost.running),
      kw(cost.unserved),
      unserved_kwh.toFixed(1),
    ]),
  );
  return `${table}\n\n${costs}`;
};
