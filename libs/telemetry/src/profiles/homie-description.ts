import { ok, type Result } from '#libs/kernel';
import type { Refusal } from '../decode-json.js';
import { readJsonObject } from './json-leaves.js';
import { isJsonObject } from './json-object.js';

/** What a description says of a property. */
export interface HomieProperty {
  readonly datatype: string;
  readonly unit: string | undefined;
}

/** Properties by `<node>/<property>`. */
export type HomieDescription = ReadonlyMap<string, HomieProperty>;

/** Most properties that are remembered, over all devices of a reader. */
export const MAX_PROPERTIES = 20_000;
const MAX_NAME = 128;
const MAX_WORD = 32;

const word = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= MAX_WORD ? value : undefined;

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  isJsonObject(value) ? Object.entries(value) : [];

/** A `$description`: nodes by id, and in each properties by id. Properties that are no JSON object or say no datatype are left out. */
export const readDescription = (payload: Uint8Array): Result<HomieDescription, Refusal> => {
  const document = readJsonObject(payload);
  if (!document.ok) return document;
  const properties = new Map<string, HomieProperty>();
  for (const [nodeId, node] of entriesOf(document.value['nodes'])) {
    for (const [propertyId, property] of entriesOf(isJsonObject(node) ? node['properties'] : undefined)) {
      const name = `${nodeId}/${propertyId}`;
      if (!isJsonObject(property) || name.length > MAX_NAME) continue;
      const datatype = word(property['datatype']);
      if (datatype === undefined) continue;
      if (properties.size < MAX_PROPERTIES) properties.set(name, { datatype, unit: word(property['unit']) });
    }
  }
  return ok(properties);
};

/** The descriptions of many devices. When they hold too many properties the oldest are forgotten, as if they had not come yet. */
export class HomieDescriptions {
  readonly #byDevice = new Map<string, HomieDescription>();
  #properties = 0;

  set(device: string, description: HomieDescription): void {
    this.delete(device);
    if (device.length > MAX_NAME) return;
    this.#byDevice.set(device, description);
    // A device without properties takes room too.
    this.#properties += description.size + 1;
    for (const oldest of this.#byDevice.keys()) {
      if (this.#properties <= MAX_PROPERTIES || oldest === device) return;
      this.delete(oldest);
    }
  }

  delete(device: string): void {
    const description = this.#byDevice.get(device);
    if (description) this.#properties -= description.size + 1;
    this.#byDevice.delete(device);
  }

  findProperty(device: string, name: string): HomieProperty | undefined {
    return this.#byDevice.get(device)?.get(name);
  }
}
