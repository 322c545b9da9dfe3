/** People of one ride over a day. */
export interface RidePeople {
  /** Who waits when the day starts. */
  readonly waiting: number;
  /** Who comes in each slot of the day. */
  readonly arrivals: readonly number[];
}

/** What is expected from an instant on, until something newer is known. In the order of the instance's rides. */
export interface KnownForecast {
  /** Seconds after the day's start; the first one is known before. */
  readonly known_s: number;
  readonly rides: readonly RidePeople[];
}

/** A session that ends within the day, and the stop to which its people come then. */
export interface SessionEnd {
  readonly id: string;
  readonly stop: string;
  /** When it really ends, seconds after the day's start. */
  readonly ends_s: number;
}

/** A day's people: who really comes, and what is known of it when. */
export interface DemandDay {
  readonly name: string;
  /** In the order of the instance's rides. Whole numbers are counts, others are means. */
  readonly came: readonly RidePeople[];
  /** In the order in which they become known; at least one. */
  readonly forecasts: readonly KnownForecast[];
  readonly sessions: readonly SessionEnd[];
}

/** The newest forecast that is known by then. */
export const forecastAt = ({ forecasts }: Pick<DemandDay, 'forecasts'>, nowS: number): readonly RidePeople[] => {
  const known = forecasts.findLast(({ known_s }) => known_s <= nowS) ?? forecasts[0];
  if (!known) throw new Error('A demand day needs a forecast.');
  return known.rides;
};
