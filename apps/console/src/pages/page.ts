/** What the address shows: the room, the transport, the energy, or the devices, perhaps those of one venue. */
export type Page =
  | { readonly name: 'operations' }
  | { readonly name: 'transport' }
  | { readonly name: 'energy' }
  | { readonly name: 'devices'; readonly venue: string | undefined };

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** The page of a location's hash. What is no other page is a place in the room. */
export const readPage = (hash: string): Page => {
  const [name, venue = ''] = hash.replace(/^#/, '').split('/');
  if (name === 'transport' || name === 'energy') return { name };
  if (name !== 'devices') return { name: 'operations' };
  return { name: 'devices', venue: venue === '' ? undefined : decode(venue) };
};

export const devicesHash = (venue?: string): string =>
  venue === undefined ? '#devices' : `#devices/${encodeURIComponent(venue)}`;
