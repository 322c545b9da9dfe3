import type { Pack } from '#libs/games';
import type { Relief } from '../model/relief.js';
import { placeOfDepot } from './sites.js';

/** One more vehicle at each depot that has vehicles, of the type that most of its vehicles have. */
export const listDepotReliefs = ({
  transport,
}: {
  readonly transport: Pick<Pack['transport'], 'depots' | 'fleet'>;
}): readonly Relief[] =>
  transport.depots.flatMap((depot): readonly Relief[] => {
    const own = transport.fleet.filter((vehicles) => vehicles.depot === depot.id);
    const [most] = own.toSorted((a, b) => b.count - a.count);
    return most ? [{ kind: 'vehicle', place: placeOfDepot(depot), type: most.type }] : [];
  });
