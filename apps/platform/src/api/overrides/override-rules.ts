import type { Pack } from '#libs/games';
import { type EpochMs, type Interval, toCivil } from '#libs/kernel';
import type { OverrideRule } from '#libs/planning';

/** What is wrong with a request, each with the place in it. */
export type Faults = readonly { readonly path: string; readonly message: string }[];

/** What of the pack overrides are checked against. */
export type Rules = Pick<Pack, 'feeders' | 'venues' | 'transport' | 'roads'> & {
  readonly games: Pick<Pack['games'], 'time_zone'>;
};

/** What overrides are checked against beside the pack. */
export interface Standing {
  /** Those that are not over. */
  readonly overrides: readonly OverrideRule[];
  /** Where a switch of a venue stands, counted from 1; undefined where nobody knows. */
  readonly positionOf: (venue: string, name: string) => number | undefined;
}

export interface Asked {
  readonly now: EpochMs;
  /** When the override is to be in force. */
  readonly window: Interval;
  readonly standing: Standing;
}

/** `2026-02-06 14:30 (America/New_York)`. */
export const said = (instant: EpochMs, { games: { time_zone } }: Pick<Rules, 'games'>): string =>
  `${new Date(toCivil(time_zone, instant)).toISOString().slice(0, 16).replace('T', ' ')} (${time_zone})`;

export const unknownVenue = (id: string, { venues }: Pick<Rules, 'venues'>): Faults => [
  {
    path: 'target.venue',
    message: `There is no venue "${id}". Choose one of ${venues.map((venue) => venue.id).join(', ')}.`,
  },
];
