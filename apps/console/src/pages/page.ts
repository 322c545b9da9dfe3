/** What the address shows: the room, the transport, the energy, what-if runs (one, or some beside each other), or the devices, perhaps those of one venue. */
export type Page =
  | { readonly name: 'operations' }
  | { readonly name: 'transport' }
  | { readonly name: 'energy' }
  | { readonly name: 'what-if'; readonly ids: readonly string[] }
  | { readonly name: 'devices'; readonly venue: string | undefined };

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

const RUN_ID = /^[0-9a-f]{12}$/;

/** The page of a location's hash. What is no other page is a place in the room. */
export const readPage = (hash: string): Page => {
  const [name, of = ''] = hash.replace(/^#/, '').split('/');
  if (name === 'transport' || name === 'energy') return { name };
  if (name === 'what-if') return { name, ids: of.split(',').filter((id) => RUN_ID.test(id)) };
  if (name !== 'devices') return { name: 'operations' };
  return { name: 'devices', venue: of === '' ? undefined : decode(of) };
};

export const devicesHash = (venue?: string): string =>
  venue === undefined ? '#devices' : `#devices/${encodeURIComponent(venue)}`;

/** The runs, one of them, or up to four beside each other. */
export const whatIfHash = (...ids: readonly string[]): string =>
  ids.length === 0 ? '#what-if' : `#what-if/${ids.join(',')}`;
