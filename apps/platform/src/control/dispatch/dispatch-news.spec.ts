import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { DispatchNews } from './dispatch-news.js';

const at = (minutes: number) => epochMs(minutes * MINUTE_MS);
const pack = {
  games: { time_zone: 'Europe/Rome' },
  transport: { groups: [{ id: 'spectators', name: 'Spectators' }] },
} as unknown as ConstructorParameters<typeof DispatchNews>[0];
const feed = { lines: new Map([['C', { route_id: 'C', route_type: 3, route_short_name: 'Purple' }]]) };
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
    news.add({ changes: [change(1)], notices: [] }, at(0));
    news.add({ changes: [], notices: ['Line C: +4 min.'] }, at(1));
    news.add({ changes: [], notices: ['Line C: +4 min.'] }, at(2));
    expect(news.latest).toEqual([
      { at_ms: at(2), text: 'Line C: +4 min.' },
      { at_ms: at(0), text: '+1 departure on line Purple 02:00: 60 more spectators than expected' },
    ]);
    news.add({ changes: [], notices: [] }, at(61));
    expect(news.latest).toEqual([{ at_ms: at(2), text: 'Line C: +4 min.' }]);
  });

  it('leave out one departure here or there that nothing but the other lines tells', () => {
    const news = new DispatchNews(pack, feed);
    news.add(
      {
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

  it('are bounded', () => {
    const news = new DispatchNews(pack, feed);
    news.add({ changes: Array.from({ length: 100 }, (_, index) => change(index + 1)), notices: [] }, at(0));
    expect(news.latest).toHaveLength(30);
  });
});
