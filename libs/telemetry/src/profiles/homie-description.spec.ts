import { describe, expect, it } from '@jest/globals';
import { HomieDescriptions, type HomieProperty, MAX_PROPERTIES, readDescription } from './homie-description.js';

const read = (document: unknown) => {
  const description = readDescription(new TextEncoder().encode(JSON.stringify(document)));
  return description.ok ? [...description.value] : description.error.code;
};
const describing = (count: number) =>
  new Map(Array.from({ length: count }, (_, index) => [`n/p${index}`, { datatype: 'float', unit: 'W' }] as const));

describe('readDescription', () => {
  it('gives type and unit of every property of every node', () => {
    const nodes = {
      wheels: { properties: { angle: { datatype: 'integer', unit: '°' } } },
      engine: {
        name: 'Car engine',
        properties: { on: { datatype: 'boolean' }, note: { datatype: 'string', unit: '' } },
      },
    };
    expect(read({ nodes })).toEqual([
      ['wheels/angle', { datatype: 'integer', unit: '°' }],
      ['engine/on', { datatype: 'boolean', unit: undefined }],
      ['engine/note', { datatype: 'string', unit: undefined }],
    ]);
  });

  it.each([
    [{}],
    [{ nodes: [] }],
    [{ nodes: { a: {} } }],
    [{ nodes: { a: { properties: { x: {}, y: { datatype: 5 }, z: { datatype: 'f'.repeat(33) } } } } }],
    [{ nodes: { ['a'.repeat(200)]: { properties: { x: { datatype: 'float' } } } } }],
  ])('finds none in %j', (document) => {
    expect(read(document)).toEqual([]);
  });

  it('refuses what is no JSON object', () => {
    expect(read([1])).toBe('wrong_shape');
  });
});

describe('HomieDescriptions', () => {
  it('forgets the oldest when it holds too many properties', () => {
    const descriptions = new HomieDescriptions();
    const found = (device: string): HomieProperty | undefined => descriptions.findProperty(device, 'n/p0');
    const half = describing(MAX_PROPERTIES / 2);
    descriptions.set('a', describing(1));
    descriptions.set('b', half);
    expect(found('a')).toBeDefined();
    descriptions.set('a', describing(2));
    descriptions.set('c', half);
    expect([found('b'), found('a') !== undefined, found('c') !== undefined]).toEqual([undefined, true, true]);
  });

  it('bounds devices without properties too', () => {
    const descriptions = new HomieDescriptions();
    descriptions.set('first', describing(1));
    for (let device = 0; device < MAX_PROPERTIES; device++) descriptions.set(`d${device}`, new Map());
    expect(descriptions.findProperty('first', 'n/p0')).toBeUndefined();
  });

  it('remembers one device even when it is alone too large, and no endless names', () => {
    const descriptions = new HomieDescriptions();
    descriptions.set('a', describing(MAX_PROPERTIES));
    descriptions.set('x'.repeat(129), describing(1));
    expect(descriptions.findProperty('a', 'n/p0')).toBeDefined();
    expect(descriptions.findProperty('x'.repeat(129), 'n/p0')).toBeUndefined();
  });
});
