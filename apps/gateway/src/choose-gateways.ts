import { fail, ok, type Result } from '#libs/kernel';
import type { Gateway, Pack, Venue } from '#libs/games';

export interface Chosen {
  readonly venue: Venue;
  readonly gateway: Gateway;
}

const nameOf = ({ venue, id }: Gateway): string => `${venue}/${id}`;

/** The gateways of a pack, or the one that is named `<venue>/<gateway>`; or, in a sentence, that there is none. */
export const chooseGateways = (pack: Pack, name: string | undefined): Result<readonly Chosen[], string> => {
  const named = pack.gateways.filter((gateway) => name === undefined || nameOf(gateway) === name);
  const known = pack.gateways.map(nameOf).join(', ');
  if (named.length === 0) return fail(`--gateway ${name ?? ''} is not in the pack. It has: ${known}.`);
  return ok(
    named.flatMap((gateway) => {
      const venue = pack.venues.find(({ id }) => id === gateway.venue);
      return venue ? [{ venue, gateway }] : [];
    }),
  );
};

/** The one gateway that a source of live readings needs; or, in a sentence, that one must be named. */
export const chooseOne = (pack: Pack, name: string | undefined, source: string): Result<Chosen, string> => {
  const chosen = chooseGateways(pack, name);
  if (!chosen.ok) return chosen;
  const [only, ...others] = chosen.value;
  if (only && others.length === 0) return ok(only);
  return fail(`--source ${source} serves one gateway. Add --gateway, one of: ${pack.gateways.map(nameOf).join(', ')}.`);
};

/** Whether the pack has devices that the gateway reads; or, in a sentence, that it has none. */
export const checkDevicesOf = ({ devices }: Pack, { gateway }: Chosen): Result<undefined, string> =>
  devices.some((device) => device.venue === gateway.venue && device.gateway === gateway.id)
    ? ok(undefined)
    : fail(
        `devices.yaml has no device that ${nameOf(gateway)} reads. Add one to devices, with venue: ${gateway.venue} and gateway: ${gateway.id}.`,
      );
