import type { Venue } from '#libs/games';

/** What may be out of order at a venue. */
export const assetsOf = ({ pv, battery, generators = [], thermal = [] }: Venue): readonly string[] => [
  ...(battery ? ['battery'] : []),
  ...(pv ? ['pv'] : []),
  ...generators.map(({ id }) => id),
  ...thermal.map(({ machine }) => machine.id),
];
