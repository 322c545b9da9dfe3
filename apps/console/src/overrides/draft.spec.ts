import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { emptyDraft, readDraft } from './draft.js';

const now = epochMs(Date.parse('2026-02-07T12:00Z'));
const at = (time: string): number => Date.parse(`2026-02-07T${time}Z`);
const setpoint = { ...emptyDraft, venue: 'hall', power: '-30', reason: ' peak ' };
const departure = { ...emptyDraft, kind: 'departure' as const, line: 'A', reason: 'crowd' };

describe('the override form', () => {
  it('is a setpoint for so many minutes', () =>
    expect(readDraft(setpoint, 'UTC', now)).toEqual({
      kind: 'setpoint',
      target: { venue: 'hall', asset: 'battery', value: -30 },
      until_ms: at('13:00'),
      reason: 'peak',
    }));

  it('limits PV too', () =>
    expect(readDraft({ ...setpoint, asset: 'pv', power: '20' }, 'UTC', now)?.target).toEqual({
      venue: 'hall',
      asset: 'pv',
      value: 20,
    }));

  it('ends at a time of day of the event', () =>
    expect(readDraft({ ...setpoint, end: 'time', endTime: '14:15' }, 'Europe/Rome', now)?.until_ms).toBe(at('13:15')));

  it('adds a departure, kept a quarter of an hour past it', () =>
    expect(readDraft({ ...departure, addTime: '12:20' }, 'UTC', now)).toMatchObject({
      target: { line: 'A', departs_ms: at('12:20'), action: 'add' },
      until_ms: at('12:35'),
    }));

  it('cancels a departure that was chosen', () =>
    expect(
      readDraft({ ...departure, action: 'cancel', cancelDeparture: String(at('12:25')) }, 'UTC', now)?.target,
    ).toEqual({ line: 'A', departs_ms: at('12:25'), action: 'cancel' }));

  it('takes a vehicle out, or closes a road, for so many minutes', () => {
    expect(readDraft({ ...setpoint, kind: 'vehicle', vehicle: ' bull-07 ' }, 'UTC', now)).toEqual({
      kind: 'vehicle',
      target: { vehicle: 'bull-07' },
      until_ms: at('13:00'),
      reason: 'peak',
    });
    expect(readDraft({ ...setpoint, kind: 'road', road: 'Alumni Drive' }, 'UTC', now)?.target).toEqual({
      road: 'Alumni Drive',
    });
    expect(readDraft({ ...setpoint, kind: 'vehicle' }, 'UTC', now)).toBeUndefined();
  });

  it('says what has no power', () => {
    const dead = { ...setpoint, kind: 'outage' as const, dead: 'generator hall/genset' };
    expect(readDraft(dead, 'UTC', now)).toMatchObject({ target: { of: 'generator', id: 'hall/genset' }, until_ms: at('13:00') }); // prettier-ignore
    expect(readDraft({ ...dead, dead: '' }, 'UTC', now)).toBeUndefined();
  });

  it('holds a transfer switch on the connection that was chosen', () => {
    const target = { venue: 'hall', switch: 'transfer', connection: 'hall-b' };
    expect(readDraft({ ...setpoint, kind: 'switch', ...target }, 'UTC', now)).toEqual({
      kind: 'switch',
      target,
      until_ms: at('13:00'),
      reason: 'peak',
    });
    expect(readDraft({ ...setpoint, kind: 'switch', ...target, connection: '' }, 'UTC', now)).toBeUndefined();
  });

  it.each([
    ['no reason', { ...setpoint, reason: '  ' }],
    ['no venue', { ...setpoint, venue: '' }],
    ['no power', { ...setpoint, power: '' }],
    ['a power that is no number', { ...setpoint, power: '3o' }],
    ['no end', { ...setpoint, end: 'time', endTime: '' }],
    ['no departure time', departure],
    ['no departure to cancel', { ...departure, action: 'cancel' as const }],
  ])('waits with %s', (_, draft) => expect(readDraft(draft, 'UTC', now)).toBeUndefined());
});
