import type { Balance, Cause, Counterfactual, Reconciliation, Settlement } from '#libs/energy';
import { formatCivil } from '#libs/games';
import { type EpochMs, toCivil } from '#libs/kernel';

import { formatTable } from '../output.js';

/** What the figures rest on, told with them. */
export const ASSUMPTIONS: readonly string[] = [
  'A difference is alarmed beyond 2 % of what its meters turned over and 5 kWh, over quarter hours in which all of them were measured.',
  'A venue belongs to the feeder on which its transfer switch stood, by quarter hours; where that was not read, to that of its first connection.',
  'On a feeder 1 % of the main meter’s energy is taken for technical losses.',
  'A customer pays every kWh at the import price of its time, wherever it came from.',
  'Without the plan, batteries would have been idle; loads, tasks and generators are taken to have run as they did.',
  'Sun that was curtailed was not measured: a day on which the plan curtailed any was worth less than it says.',
  'Costs are of energy, carbon and battery wear; peak charges of a month are not shared out over its days.',
];

const STATES: Record<Balance['state'], string> = {
  within_tolerance: 'within tolerance',
  explained: 'explained',
  alarm: 'ALARM',
  not_compared: 'not compared',
};

export const civilText = (timeZone: string, instant: EpochMs): string => formatCivil(toCivil(timeZone, instant));

const describeCause = (cause: Cause, timeZone: string): string => {
  const at = (instant: EpochMs): string => civilText(timeZone, instant);
  switch (cause.kind) {
    case 'stands_still':
      return `${cause.meter} stands still at ${cause.kw.toFixed(1)} kW from ${at(cause.from_ms)} to ${at(cause.until_ms)}`;
    case 'backwards':
      return `${cause.meter} runs backwards`;
    case 'clock':
      return `the clock of ${cause.meter} is ${Math.abs(cause.ahead_minutes)} min ${cause.ahead_minutes > 0 ? 'ahead' : 'behind'}`;
    case 'multiplier':
      return `${cause.meter} is to be multiplied by ${cause.factor.toFixed(3)}`;
  }
};

/** Without the sign of a zero. */
const fixed = (value: number, digits: number): string => value.toFixed(digits).replace(/^-(0\.0+)$/, '$1');
const kwh = (value: number): string => fixed(value, 1);
const money = (value: number): string => fixed(value, 2);
const percent = (ratio: number | null): string => (ratio === null ? '-' : fixed(ratio * 100, 2));

const balanceTable = (balances: readonly Balance[], timeZone: string): string =>
  formatTable(
    [
      'day',
      'feeder',
      'main meter',
      'main kWh',
      'sum kWh',
      'residual',
      '%',
      'estimated',
      'missing',
      'state',
      'probably',
    ],
    balances.map((one) => {
      const meters = [one.main, ...one.parts];
      return [
        one.day,
        one.feeder,
        one.main.meter,
        kwh(one.main.kwh),
        kwh(one.sum_kwh),
        kwh(one.residual_kwh),
        percent(one.residual_ratio),
        String(meters.reduce((sum, { estimated }) => sum + estimated, 0)),
        String(meters.reduce((sum, { missing }) => sum + missing, 0)),
        STATES[one.state],
        one.cause ? describeCause(one.cause, timeZone) : '',
      ];
    }),
  );

const settlementTable = ({ customers }: Settlement, currency: string): string =>
  formatTable(
    ['customer', `price in ${currency}`, 'kWh', `cost in ${currency}`, 'estimated kWh', 'missing'],
    customers.flatMap(({ customer, bands, kwh: total, cost, estimated_kwh, missing }) => [
      ...bands.map((band) => [
        customer,
        band.from_price === band.to_price ? `${band.from_price}` : `${band.from_price} to ${band.to_price}`,
        kwh(band.kwh),
        money(band.cost),
      ]),
      [customer, 'all', kwh(total), money(cost), kwh(estimated_kwh), String(missing)],
    ]),
  );

const counterfactualTable = (days: readonly Counterfactual[], currency: string): string =>
  formatTable(
    [
      'day',
      'feeder',
      `${currency} with`,
      'without',
      'benefit',
      'peak kW with',
      'without',
      'kg CO2 with',
      'without',
      'stored kWh',
      'estimated',
      'missing',
    ],
    days.map(({ day, feeder, with_plan, without_plan, benefit, stored_kwh, estimated, missing }) => [
      day,
      feeder ?? 'all',
      money(with_plan.total),
      money(without_plan.total),
      money(benefit.total),
      ...[with_plan, without_plan].map(({ peak_kw }) => (peak_kw === null ? '-' : kwh(peak_kw))),
      kwh(with_plan.carbon_kg),
      kwh(without_plan.carbon_kg),
      kwh(stored_kwh),
      String(estimated),
      String(missing),
    ]),
  );

/** Over all days, of everything that is compared. */
const describeBenefit = (days: readonly Counterfactual[], currency: string): string => {
  const last = days.at(-1);
  const whole = days.filter(({ feeder }) => feeder === last?.feeder);
  const sum = (of: (day: Counterfactual) => number): number => whole.reduce((total, day) => total + of(day), 0);
  const stored = sum(({ stored_kwh }) => stored_kwh);
  return [
    `In all the plan was worth ${money(sum(({ benefit }) => benefit.total))} ${currency} and ${kwh(sum(({ benefit }) => benefit.carbon_kg))} kg CO2;`,
    `batteries hold ${kwh(Math.abs(stored))} kWh ${stored < 0 ? 'less' : 'more'} than at the start, which is not counted.`,
  ].join(' ');
};

/** By site, over all days: what its switches were not read for. */
const describeDefaults = (defaults: Reconciliation['by_default']): readonly string[] =>
  [...new Set(defaults.map(({ site }) => site))].map((site) => {
    const own = defaults.filter((one) => one.site === site);
    const sum = (of: (one: (typeof own)[number]) => number): number => own.reduce((total, one) => total + of(one), 0);
    return `Nobody read where ${site} stood for ${sum(({ quarter_hours }) => quarter_hours)} quarter hours: ${kwh(sum((one) => one.kwh))} kWh are counted on its first connection.`;
  });

/** Tables for people: balances, settlement, what the plan was worth, and what all that rests on. */
export const reconcileReport = (
  { balances, settlement, counterfactual, by_default }: Reconciliation,
  { timeZone, currency }: { readonly timeZone: string; readonly currency: string },
): string => {
  const alarms = balances.filter(({ state }) => state === 'alarm').length;
  const unassigned =
    settlement.unassigned_kwh === 0
      ? []
      : [`${kwh(settlement.unassigned_kwh)} kWh belong to nobody yet: a sub-meter is missing.`];
  return [
    'Main meters against their sub-meters (kWh; estimated and missing are quarter hours of all meters)',
    balanceTable(balances, timeZone),
    `${alarms} ${alarms === 1 ? 'alarm' : 'alarms'}.`,
    ...describeDefaults(by_default),
    '',
    'Consumption by customer',
    settlementTable(settlement, currency),
    ...unassigned,
    '',
    'With the plan and without it',
    counterfactualTable(counterfactual, currency),
    describeBenefit(counterfactual, currency),
    '',
    ...ASSUMPTIONS.map((line) => `- ${line}`),
  ].join('\n');
};
