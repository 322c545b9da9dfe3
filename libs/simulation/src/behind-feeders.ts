import { feederPath, listConnections, type Pack } from '#libs/games';

/** By feeder, the connections whose power it carries. */
export const behindFeeders = ({
  feeders,
  venues,
}: Pick<Pack, 'feeders' | 'venues'>): ReadonlyMap<string, readonly string[]> => {
  const behind = new Map<string, string[]>();
  for (const { id, feeder: own } of venues.flatMap(listConnections))
    for (const feeder of feederPath(feeders, own)) behind.set(feeder, [...(behind.get(feeder) ?? []), id]);
  return behind;
};
