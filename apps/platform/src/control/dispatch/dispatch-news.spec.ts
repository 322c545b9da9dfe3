import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import type { DispatchContent } from '#libs/transport';
import { DispatchNews } from './dispatch-news.js';

const at = (minutes: number) => epochMs(minutes * MINUTE_MS);
const pack = {
  games: { time_zone: 'Europe/Rome' },
  transport: {
    groups: [{ id: 'spectators', name: 'Spectators' }],
    depots: [{ id: 'yard', name: 'Bus yard', stop: '9' }],
  },
} as unknown as ConstructorParameters<typeof DispatchNews>[0];
const feed = {
  stops: new Map([['1', { stop_id: '1', stop_name: 'Stadium' }], ['2', { stop_id: '2', stop_name: 'Station' }]]), // prettier-ignore
  lines: new Map([['C', { route_id: 'C', route_type: 3, route_short_name: 'Purple' }]]),
};
const shortage: DispatchContent['shortage'] = { unserved: [], reliefs: [] };
const change = (departures: number) => ({
  line: 'C',
  departures,
  from_ms: at(60),
  to_ms: at(60),
  reasons: [{ kind: 'more_people' as const, group: 'spectators', passengers: 60 }],
});

describe('DispatchNews', () => {
  it('are in words, newest first, once, and for an hour', () => {
    const news = new DispatchNews(pack, feed);
    news.add({ shortage, changes: [change(1)], notices: [] }, at(0));
    news.add({ shortage, changes: [], notices: ['Line C: +4 min.'] }, at(1));
    news.add({ shortage, changes: [], notices: ['Line C: +4 min.'] }, at(2));
    expect(news.latest).toEqual([
      { at_ms: at(2), text: 'Line C: +4 min.' },
      { at_ms: at(0), text: '+1 departure on line Purple 02:00: 60 more spectators than expected' },
    ]);
    news.add({ shortage, changes: [], notices: [] }, at(61));
    expect(news.latest).toEqual([{ at_ms: at(2), text: 'Line C: +4 min.' }]);
  });

  it('leave out one departure here or there that nothing but the other lines tells', () => {
    const news = new DispatchNews(pack, feed);
    news.add(
      {
        shortage,
        changes: [
          { ...change(1), reasons: [] },
          { ...change(-3), reasons: [] },
        ],
        notices: [],
      },
      at(0),
    );
    expect(news.latest.map(({ text }) => text.slice(0, 13))).toEqual(['−3 departures']);
  });

  it('tell who waits too long, and what would help', () => {
    const news = new DispatchNews(pack, feed);
    const worst = {
      line: 'C',
      group: 'spectators',
      from_stop: '1',
      to_stop: '2',
      accessible: false,
      reason: 'waits_too_long' as const,
      from_ms: at(60),
      until_ms: at(95),
      people: 240.4,
      waiting_hours: 60,
    };
    const relief = { kind: 'vehicle' as const, place: '9', type: 'standard' };
    const reliefs = [{ relief, cost_saved: 500, waiting_hours_saved: 38.2 }];
    news.add({ changes: [], notices: [], shortage: { unserved: [worst], reliefs } }, at(0));
    expect(news.latest[0]?.text).toBe(
      '240 spectators from Stadium to Station on line Purple wait too long, 02:00 to 02:35; one more standard vehicle at Bus yard is worth 38 waiting-hours',
    );
  });

  it('are bounded', () => {
    const news = new DispatchNews(pack, feed);
    news.add({ shortage, changes: Array.from({ length: 100 }, (_, index) => change(index + 1)), notices: [] }, at(0));
    expect(news.latest).toHaveLength(30);
  });
});
