import { describe, expect, it } from '@jest/globals';
import { decodePayload, encodePayload, wirePayload } from './sparkplug/metric.fixture.js';
import {
  T,
  open,
  send,
  rows,
  nodeBirth,
  deviceBirth,
  nodeDeath,
  data,
  born,
  asksRebirth,
} from './sparkplug/node.fixture.js';

describe('sparkplug_b, rebirths', () => {
  it('asks for one on the topic of commands', () => {
    const [request] = send(open(), 'G/NDATA/E', data(1, 1, 5)).requests ?? [];
    expect(request?.topic).toBe('spBv1.0/G/NCMD/E');
    expect(decodePayload(request?.payload ?? new Uint8Array()).metrics).toMatchObject([
      { name: 'Node Control/Rebirth', type: 'Boolean', value: true },
    ]);
  });

  it('counts seq over the node and its devices, from 255 on to 0', () => {
    const reader = open();
    const reports = [
      send(reader, 'G/NBIRTH/E', nodeBirth(253)),
      send(reader, 'G/DBIRTH/E/D', deviceBirth(254)),
      send(reader, 'G/NDATA/E', data(255, 1, 1)),
      send(reader, 'G/NDATA/E', data(0, 1, 1)),
      send(reader, 'G/DDATA/E/D', wirePayload({ seq: 1, metrics: [{ alias: 7, booleanValue: true }] })),
      send(reader, 'G/DDEATH/E/D', wirePayload({ timestamp: T, seq: 2 })),
      send(reader, 'G/NDATA/E', data(3, 1, 1)),
    ];
    expect(reports.map(asksRebirth)).toEqual(new Array(7).fill(false));
  });

  it('asks after a gap, and takes the values all the same', () => {
    const report = send(born(), 'G/NDATA/E', data(3, 1, 5));
    expect(asksRebirth(report)).toBe(true);
    expect(rows(report)).toEqual([['Supply/power', 5]]);
  });

  it('does not ask because of a message that comes twice, or one without seq', () => {
    const reader = born();
    send(reader, 'G/NDATA/E', data(2, 1, 5));
    expect(asksRebirth(send(reader, 'G/NDATA/E', data(2, 1, 5)))).toBe(false);
    expect(asksRebirth(send(reader, 'G/NDATA/E', wirePayload({ metrics: [{ alias: 1, doubleValue: 5 }] })))).toBe(
      false,
    );
  });

  it('asks after data of a node or device that was not born, and after an unknown alias', () => {
    expect(asksRebirth(send(open(), 'G/NDATA/E', data(0, 1, 5)))).toBe(true);
    const reader = open();
    send(reader, 'G/NBIRTH/E', nodeBirth());
    expect(asksRebirth(send(reader, 'G/DDATA/E/D', data(1, 7, 5)))).toBe(true);
    expect(asksRebirth(send(born(), 'G/NDATA/E', data(2, 99, 5)))).toBe(true);
  });

  it('counts no seq over 255', () => {
    const reader = open();
    send(reader, 'G/NBIRTH/E', nodeBirth(300));
    expect(asksRebirth(send(reader, 'G/NDATA/E', data(7, 1, 5)))).toBe(false);
    expect(asksRebirth(send(reader, 'G/NDATA/E', data(256, 1, 5)))).toBe(false);
  });

  it('asks when a device is born to a node that is not known', () => {
    expect(asksRebirth(send(open(), 'G/DBIRTH/E/D', deviceBirth()))).toBe(true);
  });

  it('asks at most once in 5 s, and goes on asking until the birth comes', () => {
    const reader = open();
    const asked = [0, 10, 4_999, 5_000, 5_001, 10_000].map((afterMs, seq) =>
      asksRebirth(send(reader, 'G/NDATA/E', data(seq, 1, 5), afterMs)),
    );
    expect(asked).toEqual([true, false, false, true, false, true]);
    send(reader, 'G/NBIRTH/E', nodeBirth(), 12_000);
    expect(asksRebirth(send(reader, 'G/NDATA/E', data(1, 1, 5), 20_000))).toBe(false);
  });

  it('asks later for what it could not ask for at once', () => {
    const reader = open();
    send(reader, 'G/NDATA/E', data(0, 1, 5), 0);
    send(reader, 'G/NBIRTH/E', nodeBirth(), 100);
    expect(asksRebirth(send(reader, 'G/NDATA/E', data(5, 1, 5), 200))).toBe(false);
    expect(asksRebirth(send(reader, 'G/NDATA/E', data(6, 1, 5), 5_000))).toBe(true);
  });

  it('goes on asking after the clock was set back', () => {
    const reader = open();
    send(reader, 'G/NDATA/E', data(0, 1, 5), 0);
    expect(asksRebirth(send(reader, 'G/NDATA/E', data(1, 1, 5), -3_600_000))).toBe(true);
  });

  it('asks nobody when its filter lets no births in', () => {
    const reader = open('spBv1.0/G/DDATA/E/D');
    expect(asksRebirth(send(reader, 'G/DDATA/E/D', data(9, 7, 5)))).toBe(false);
  });

  it('counts no seq when its filter sees one device only', () => {
    const reader = open('spBv1.0/G/+/E/D');
    expect(asksRebirth(send(reader, 'G/DBIRTH/E/D', deviceBirth(4)))).toBe(false);
    const input = wirePayload({ timestamp: T, seq: 40, metrics: [{ alias: 7, booleanValue: true }] });
    const report = send(reader, 'G/DDATA/E/D', input);
    expect([asksRebirth(report), rows(report)]).toEqual([false, [['D/Inputs/A', 1]]]);
  });

  it('asks each node by itself', () => {
    const reader = open('spBv1.0/G/+/+/#');
    expect(send(reader, 'G/NDATA/E1', data(0, 1, 5)).requests?.[0]?.topic).toBe('spBv1.0/G/NCMD/E1');
    expect(send(reader, 'G/NDATA/E2', data(0, 1, 5)).requests?.[0]?.topic).toBe('spBv1.0/G/NCMD/E2');
  });
});

describe('sparkplug_b, deaths', () => {
  it('says that a device is gone, and forgets its aliases', () => {
    const reader = born();
    expect(send(reader, 'G/DDEATH/E/D', wirePayload({ timestamp: T, seq: 2 })).presence).toBe('offline');
    const report = send(reader, 'G/DDATA/E/D', data(3, 7, 1));
    expect([report.refused[0]?.code, asksRebirth(report)]).toEqual(['unknown_alias', true]);
  });

  it('says that a node is gone, and asks for its birth when it speaks again', () => {
    const reader = born();
    expect(send(reader, 'G/NDEATH/E', nodeDeath(0))).toEqual({ measurements: [], refused: [], presence: 'offline' });
    expect(asksRebirth(send(reader, 'G/NDATA/E', data(2, 1, 1)))).toBe(true);
  });

  it('does not believe the death of an earlier session', () => {
    const reader = open();
    send(reader, 'G/NBIRTH/E', nodeBirth(0, 5));
    expect(send(reader, 'G/NDEATH/E', nodeDeath(4)).presence).toBeUndefined();
    expect(asksRebirth(send(reader, 'G/NDATA/E', data(1, 1, 1)))).toBe(false);
    expect(send(reader, 'G/NDEATH/E', nodeDeath(5)).presence).toBe('offline');
  });

  it.each([
    ['of a node that it does not know', open(), nodeDeath(3)],
    ['without a session number', born(), new Uint8Array()],
  ])('believes a death %s', (_name, reader, payload) => {
    expect(send(reader, 'G/NDEATH/E', payload).presence).toBe('offline');
  });

  it('a new birth ends what the old one defined', () => {
    const reader = born();
    send(reader, 'G/NBIRTH/E', encodePayload({ timestamp: T, seq: 2, metrics: [] }));
    expect(send(reader, 'G/NDATA/E', data(3, 1, 1)).refused).toMatchObject([{ code: 'unknown_alias' }]);
  });
});
