import { feederPath, type Pack } from '#libs/games';

/** By feeder, the ids of the venues whose power it carries. */
export const behindFeeders = ({
  feeders,
  venues,
}: Pick<Pack, 'feeders' | 'venues'>): ReadonlyMap<string, readonly string[]> => {
  const behind = new Map<string, string[]>();
  for (const { id, grid } of venues)
    for (const feeder of feederPath(feeders, grid.feeder)) behind.set(feeder, [...(behind.get(feeder) ?? []), id]);
  return behind;
};
