import { LagForecaster } from './lag-forecaster.js';
import type { Outlook } from './plan-district.js';
import type { District } from './read-district.js';

const DAY = 24;
/** Days whose misses at the hour to come may come again. */
const SPREAD_DAYS = 8;

/** What is known of the hours to come. */
export interface Foresight {
  /** Hours that a plan looks ahead. */
  readonly horizon: number;
  /** Hours until the next plan. */
  readonly every: number;
  /** Of the hours from `hour` on, when those before it have been heard. */
  outlook(hour: number): Outlook;
  /** What an hour brought is known when it is over. */
  hear(hour: number): void;
}

export const netOf = ({ houses }: District): readonly (readonly number[])[] =>
  houses.map(({ loadKw, pvKw }) => loadKw.map((kw, hour) => kw - (pvKw[hour] ?? 0)));

/** Knows what comes in the next two days. */
export const perfectForesight = (district: District): Foresight => {
  const { pricePerKwh, carbonKgPerKwh } = district;
  const [horizon, every] = [48, 3];
  const net = netOf(district);
  return {
    horizon,
    every,
    outlook: (hour) => ({
      netKw: net.map((own) => own.slice(hour, hour + horizon)),
      pricePerKwh: pricePerKwh.slice(hour, hour + horizon),
      carbonKgPerKwh: carbonKgPerKwh.slice(hour, hour + horizon),
      spreadKw: [],
    }),
    hear: () => undefined,
  };
};

/** Knows the past, and the price that was told a day ahead. Looks no further than its forecasts are worth. */
export const naiveForesight = ({ hours, houses, priceTold, carbonKgPerKwh }: District): Foresight => {
  const [horizon, every] = [14, 1];
  const loads = houses.map(() => new LagForecaster());
  const suns = houses.map(() => new LagForecaster());
  const carbon = new LagForecaster();
  /** What was missed by the forecast of an hour before, by house and hour. */
  const missed = houses.map((): number[] => []);
  const netAhead = (house: number, count: number): readonly number[] => {
    const sun = suns[house]?.forecast(count) ?? [];
    return (loads[house]?.forecast(count) ?? []).map((kw, at) => kw - (sun[at] ?? 0));
  };
  return {
    horizon,
    every,
    outlook: (hour) => {
      const count = Math.min(horizon, hours - hour);
      const days = Array.from({ length: SPREAD_DAYS }, (_, day) => hour - DAY * (day + 1)).filter((at) => at >= DAY);
      return {
        netKw: houses.map((_, house) => netAhead(house, count)),
        pricePerKwh: priceTold.slice(hour - DAY, hour - DAY + count),
        carbonKgPerKwh: carbon.forecast(count),
        spreadKw: missed.map((own) => days.map((at) => own[at] ?? 0)),
      };
    },
    hear: (hour) => {
      for (const [house, { loadKw, pvKw }] of houses.entries()) {
        const [load, sun] = [loadKw[hour] ?? 0, pvKw[hour] ?? 0];
        missed[house]?.push(load - sun - (hour === 0 ? 0 : (netAhead(house, 1)[0] ?? 0)));
        loads[house]?.hear(load);
        suns[house]?.hear(sun);
      }
      carbon.hear(carbonKgPerKwh[hour] ?? 0);
    },
  };
};
