import type { Overview } from '../api/wire.js';

/** What people call sites and feeders. */
export interface Names {
  readonly site: (id: string) => string;
  readonly feeder: (id: string) => string;
  /** Of what a plan names: a feeder, a connection, or a site with one of its assets. */
  readonly place: (at: string) => string;
}

/** `battery` is `Battery`, `ice_floor` is `Ice floor`, `pv` is `PV`. */
export const assetName = (asset: string): string => {
  if (asset === 'pv') return 'PV';
  const words = asset.replace(/[_-]+/g, ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};

export const namesOf = ({ venues, feeders }: Pick<Overview, 'venues' | 'feeders'>): Names => {
  const sites = new Map(venues.map(({ id, name }) => [id, name]));
  const cables = new Map(feeders.map(({ id, name }) => [id, name]));
  return {
    site: (id) => sites.get(id) ?? id,
    feeder: (id) => cables.get(id) ?? assetName(id),
    place: (at) => {
      const [first = '', ...rest] = at.split(' ');
      const site = sites.get(first);
      if (site !== undefined) return rest.length === 0 ? site : `${assetName(rest.join(' '))} at ${site}`;
      return cables.get(at) ?? at;
    },
  };
};
