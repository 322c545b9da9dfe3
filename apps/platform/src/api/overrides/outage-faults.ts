import { connectionsOf } from '#libs/energy';
import type { Pack } from '#libs/games';
import type { OutageTarget } from '#libs/planning';

type Faults = readonly { readonly path: string; readonly message: string }[];

/** What the pack has against an outage: there is no such feeder, connection or generator. */
export const outageFaults = ({ of, id, venue }: OutageTarget, pack: Pick<Pack, 'feeders' | 'venues'>): Faults => {
  if (of === 'generator') {
    const site = pack.venues.find((one) => one.id === venue);
    if (!site) {
      const known = pack.venues.filter(({ generators = [] }) => generators.length > 0).map((one) => one.id);
      return [
        {
          path: 'target.venue',
          message: `Say at which venue the generator is. There are some at ${known.join(', ') || 'none'}.`,
        },
      ];
    }
    return unknown(
      id,
      of,
      (site.generators ?? []).map((one) => one.id),
    );
  }
  if (venue !== undefined) return [{ path: 'target.venue', message: `A ${of} has no venue. Leave it out.` }];
  const feeders = pack.feeders.map((one) => one.id);
  return unknown(id, of, of === 'feeder' ? feeders : pack.venues.flatMap(connectionsOf).map((one) => one.id));
};

const unknown = (id: string, of: string, known: readonly string[]): Faults =>
  known.includes(id)
    ? []
    : [{ path: 'target.id', message: `There is no ${of} "${id}". Choose one of ${known.join(', ') || 'none'}.` }];
