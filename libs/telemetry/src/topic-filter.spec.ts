import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { FilterIndex, isTopicFilter, matchesFilter } from './topic-filter.js';

describe('isTopicFilter', () => {
  it.each(['a', '/', 'a/b', '+', '#', '+/+', 'a/+/b', 'a/#', '/#', 'N/c0619ab1/+/+/Ac/Power', ' ', '$SYS/#', 'é/+'])(
    'takes %j',
    (filter) => {
      expect(isTopicFilter(filter)).toBe(true);
    },
  );

  it.each(['', 'a#', 'a/#/b', '#/a', 'a+', '+a/b', 'a/b#', '##', '++', 'a\0b', 'x'.repeat(65_536), 'é'.repeat(40_000)])(
    'refuses %j',
    (filter) => {
      expect(isTopicFilter(filter)).toBe(false);
    },
  );
});

describe('matchesFilter', () => {
  it.each([
    ['sport/tennis/player1/#', 'sport/tennis/player1', true],
    ['sport/tennis/player1/#', 'sport/tennis/player1/score/wimbledon', true],
    ['sport/#', 'sport', true],
    ['sport/#', 'sports', false],
    ['#', 'sport/tennis', true],
    ['#', '/', true],
    ['sport/tennis/+', 'sport/tennis/player1', true],
    ['sport/tennis/+', 'sport/tennis/player1/ranking', false],
    ['sport/+', 'sport', false],
    ['sport/+', 'sport/', true],
    ['+/+', '/finance', true],
    ['/+', '/finance', true],
    ['+', '/finance', false],
    ['+/#', 'a', true],
    ['+/+/#', 'a', false],
    ['#', '$SYS/uptime', false],
    ['+/uptime', '$SYS/uptime', false],
    ['$SYS/#', '$SYS/uptime', true],
    ['$SYS/+', '$SYS/uptime', true],
    ['a/+', 'a/$b', true],
    ['a/#', 'a/$b', true],
    ['a/b', 'A/b', false],
    ['a/b', 'a/b/', false],
    // Names that are no wildcards where they stand, and no keys of objects.
    ['a/b', 'a/+', false],
    ['a/b', 'a/#', false],
    ['a/+', 'a/+', true],
    ['a/+/c', 'a/__proto__/c', true],
    ['a/b', '__proto__/b', false],
    ['a', '', false],
    ['+', '', true],
  ])('%j and %j: %j', (filter, topic, matches) => {
    expect(matchesFilter(filter, topic)).toBe(matches);
  });
});

describe('FilterIndex', () => {
  it('gives everything whose filter matches, and nothing twice', () => {
    const index = new FilterIndex<string>();
    for (const filter of ['a/b', 'a/+', 'a/#', '#', '+/b', 'b/+', 'a/b/#', 'a/b/c']) index.add(filter, filter);
    expect([...index.find('a/b')].sort()).toEqual(['#', '+/b', 'a/#', 'a/+', 'a/b', 'a/b/#']);
    expect(index.find('c')).toEqual(['#']);
  });

  it('refuses what is no filter', () => {
    expect(() => {
      new FilterIndex().add('a/#/b', 1);
    }).toThrow('"a/#/b" is no MQTT topic filter.');
  });

  it('is not sent far by a topic of many levels', () => {
    const index = new FilterIndex<string>();
    for (let depth = 1; depth <= 20; depth++) {
      index.add(Array.from({ length: depth }, () => '+').join('/'), 'any');
      index.add(Array.from({ length: depth }, () => 'a').join('/'), 'named');
    }
    expect(index.find('a/'.repeat(30_000))).toEqual([]);
    expect(index.find(Array.from({ length: 20 }, () => 'a').join('/'))).toHaveLength(2);
  });

  it('agrees with the rule said level by level', () => {
    const name = fc.constantFrom('a', 'b', '', '$x');
    const filter = fc
      .tuple(fc.array(fc.oneof(name, fc.constant('+')), { minLength: 1, maxLength: 4 }), fc.boolean())
      .map(([levels, open]) => [...levels, ...(open ? ['#'] : [])]);
    const matches = (levels: readonly string[], topic: readonly string[]): boolean => {
      const open = levels.at(-1) === '#';
      const own = open ? levels.slice(0, -1) : levels;
      if (topic[0]?.startsWith('$') && (levels[0] === '+' || levels[0] === '#')) return false;
      if (open ? topic.length < own.length : topic.length !== own.length) return false;
      return own.every((level, index) => level === '+' || level === topic[index]);
    };
    fc.assert(
      fc.property(filter, fc.array(name, { minLength: 1, maxLength: 5 }), (levels, topic) => {
        fc.pre(levels.join('/') !== '');
        expect(matchesFilter(levels.join('/'), topic.join('/'))).toBe(matches(levels, topic));
      }),
    );
  });
});
