/** Quantile `p` in [0, 1] of values in ascending order, straight between ranks (Hyndman and Fan's type 7). At least one value. */
export const quantileOf = (ascending: readonly number[], p: number): number => {
  const rank = p * (ascending.length - 1);
  const below = ascending[Math.floor(rank)];
  const above = ascending[Math.ceil(rank)];
  if (below === undefined || above === undefined)
    throw new RangeError(
      `No quantile ${p} of ${ascending.length} values: p must be in [0, 1], and there must be a value.`,
    );
  return below + (above - below) * (rank - Math.floor(rank));
};
