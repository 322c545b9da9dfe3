import { describe, expect, it } from '@jest/globals';
import { AssetSetpoints } from './setpoints.js';

const message = (seq: number, from: number, until: number, value = 10, issued = 0) => ({
  plan: `e-${seq}`,
  seq,
  issued,
  from,
  valid_until: until,
  value,
  unit: 'kW' as const,
});
const setpoints = () => new AssetSetpoints((value) => (value > 50 ? 'too much' : undefined));

describe('AssetSetpoints', () => {
  it('has no value without a setpoint', () => {
    expect(setpoints().findValue(0)).toBeUndefined();
  });

  it('is in force from its start until its end, and then no more', () => {
    const asset = setpoints();
    expect(asset.offer(message(1, 100, 200), 90)).toEqual({ plan: 'e-1', seq: 1, state: 'received' });
    expect([99, 100, 199, 200].map((minute) => asset.findValue(minute))).toEqual([undefined, 10, 10, undefined]);
  });

  it('reports once that it is applied, with what was measured', () => {
    const asset = setpoints();
    asset.offer(message(1, 100, 200), 90);
    expect(asset.settle(99, 0)).toEqual([]);
    expect(asset.settle(100, 8.5)).toEqual([{ plan: 'e-1', seq: 1, state: 'applied', measured: 8.5 }]);
    expect(asset.settle(101, 8.5)).toEqual([]);
  });

  it('ignores a lower seq and the same message again', () => {
    const asset = setpoints();
    asset.offer(message(5, 100, 200, 10), 100);
    expect(asset.offer(message(5, 100, 200, 10), 101)).toBeUndefined();
    expect(asset.offer(message(4, 100, 200, 20), 101)).toBeUndefined();
    expect(asset.findValue(100)).toBe(10);
  });

  it('takes the next slot of the same plan', () => {
    const asset = setpoints();
    asset.offer(message(5, 100, 200, 10, 100), 100);
    expect(asset.offer(message(5, 200, 300, 20, 200), 200)?.state).toBe('received');
    expect([150, 250].map((minute) => asset.findValue(minute))).toEqual([10, 20]);
  });

  it('keeps the one in force until the next one starts', () => {
    const asset = setpoints();
    asset.offer(message(1, 100, 300, 10), 100);
    asset.offer(message(2, 200, 300, 20), 150);
    expect([199, 200].map((minute) => asset.findValue(minute))).toEqual([10, 20]);
  });

  it('does not fall back to an older one when the newer has ended', () => {
    const asset = setpoints();
    asset.offer(message(1, 100, 300, 10), 100);
    asset.offer(message(2, 150, 200, 20), 150);
    expect(asset.findValue(250)).toBeUndefined();
  });

  it('refuses what the asset cannot do, and stays with what it had', () => {
    const asset = setpoints();
    asset.offer(message(1, 100, 200, 10), 100);
    expect(asset.offer(message(2, 100, 200, 51), 100)).toMatchObject({ state: 'refused', reason: 'too much' });
    expect(asset.findValue(100)).toBe(10);
  });

  it('answers expired to one that comes too late, and to one whose time passed before a minute ran', () => {
    const asset = setpoints();
    expect(asset.offer(message(1, 100, 200), 200)?.state).toBe('expired');
    expect(asset.findValue(150)).toBeUndefined();
    asset.offer(message(2, 300, 400), undefined);
    expect(asset.settle(400, 0)).toEqual([expect.objectContaining({ seq: 2, state: 'expired' })]);
    expect(asset.settle(401, 0)).toEqual([]);
  });
});
