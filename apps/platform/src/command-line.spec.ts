import { describe, expect, it } from '@jest/globals';

import { readCommandLine } from './command-line.js';

const read = (args: string, environment: Record<string, string> = {}) =>
  readCommandLine(args === '' ? [] : args.split(' '), environment, '/project');

const complaint = (args: string, environment: Record<string, string> = {}) => {
  const result = read(args, environment);
  return result.ok ? 'accepted' : result.error.message;
};

describe('readCommandLine', () => {
  it('runs every role of the Games on loopback when nothing is said', () => {
    expect(read('')).toMatchObject({
      ok: true,
      value: {
        roles: new Set(['broker', 'ingest', 'control', 'api', 'simulate']),
        games: '/project/config/milano-cortina-2026',
        home: `${process.cwd()}/.venueflow/milano-cortina-2026`,
        host: '127.0.0.1',
        port: 3000,
        mqttPort: 1883,
        speed: 1,
        begin: { day: undefined, minute: undefined },
        replay: true,
        databaseUrl: undefined,
        mqttUrl: undefined,
        solver: 'highs',
      },
    });
  });

  it('keeps the data of each pack apart, unless a home is named', () => {
    const homeOf = (args: string) => {
      const result = read(args);
      return result.ok ? result.value.home : undefined;
    };
    expect(homeOf('--games campus-replay')).toBe(`${process.cwd()}/.venueflow/campus-replay`);
    expect(homeOf('--games ./my-pack/')).toBe(`${process.cwd()}/.venueflow/my-pack`);
    expect(homeOf('--home here')).toBe(`${process.cwd()}/here`);
  });

  it('begins on a day and at a time', () => {
    expect(read('--day 2026-02-07 --begin 18:30')).toMatchObject({
      ok: true,
      value: { begin: { day: '2026-02-07', minute: 18 * 60 + 30 } },
    });
  });

  it('leaves its own broker out when MQTT_URL names one', () => {
    const result = read('', { MQTT_URL: 'mqtt://broker:1883' });
    expect(result.ok && [...result.value.roles]).toEqual(['ingest', 'control', 'api', 'simulate']);
  });

  it('takes a pack by its folder', () => {
    const result = read('--games ./my-pack');
    expect(result.ok && result.value.games).toBe(`${process.cwd()}/my-pack`);
  });

  it('runs some roles against a shared database and broker, without the recording', () => {
    const result = read('--roles ingest', { DATABASE_URL: 'postgres://db/v', MQTT_URL: 'mqtt://broker' });
    expect(result).toMatchObject({ ok: true, value: { roles: new Set(['ingest']), replay: false } });
  });

  it('simulates without any broker', () => {
    expect(read('--roles simulate', { DATABASE_URL: 'postgres://db/v' }).ok).toBe(true);
  });

  it('takes a share of the venues', () => {
    const result = read('--roles ingest --shard 2/3', { DATABASE_URL: 'postgres://db/v', MQTT_URL: 'mqtt://broker' });
    expect(result.ok && result.value.shard).toEqual({ index: 2, of: 3 });
  });

  it('treats an empty variable as unset', () => {
    expect(read('', { DATABASE_URL: '', MQTT_URL: '', VENUEFLOW_SOLVER: '', VENUEFLOW_TOKEN: '' }).ok).toBe(true);
  });

  it.each([
    ['--speed 0', {}, /'0' is invalid.*from 0.01 to 3600/],
    ['--day 2026-02-30', {}, /'2026-02-30' is invalid.*such as 2026-02-14/],
    ['--day tomorrow', {}, /'tomorrow' is invalid/],
    ['--begin 24:00', {}, /'24:00' is invalid.*00:00 to 23:59/],
    ['--port 70000', {}, /'70000' is invalid.*1 to 65535/],
    ['--rolls ingest', {}, /unknown option '--rolls'.*--help/],
    ['nonsense', {}, /nonsense/],
    ['--shard 4/3', {}, /"4\/3" is no shard; give one such as 1\/3/],
    ['--shard 1/3', {}, /--shard 1\/3 is for a process with --roles ingest alone/],
    ['--roles cook', {}, /"cook" is no role; the roles are broker, ingest, control, api, simulate/],
    ['--roles ingest', {}, /set DATABASE_URL/],
    ['--roles ingest', { DATABASE_URL: 'postgres://db/v' }, /set MQTT_URL/],
    ['', { DATABASE_URL: 'db.example' }, /DATABASE_URL is \(not a URL\); it must be a URL such as postgres:/],
    ['', { DATABASE_URL: 'mysql://me:secret@db/v' }, /DATABASE_URL is mysql:\/\/me:\*\*\*@db\/v; it must be/],
    ['--port 3000 --mqtt-port 3000', {}, /both 3000/],
    ['', { MQTT_URL: 'http://broker' }, /MQTT_URL is http:\/\/broker/],
    ['', { VENUEFLOW_SOLVER: 'abacus' }, /VENUEFLOW_SOLVER is "abacus"; it must be highs or javascript-lp-solver/],
    ['--host 0.0.0.0', {}, /VENUEFLOW_TOKEN/],
  ])('refuses "%s" with %j in one line that says what to do', (args, environment, message) => {
    expect(complaint(args, environment)).toMatch(message);
    expect(complaint(args, environment)).not.toContain('\n');
  });

  it('answers --help with the options and the environment', () => {
    const result = read('--help');
    expect(result).toMatchObject({ ok: false, error: { kind: 'help' } });
    expect(complaint('--help')).toMatch(/--mqtt-port[\s\S]*VENUEFLOW_SOLVER/);
  });
});
