import type { Command } from 'commander';

import { inspectPack, isWhole, listPackPoints, listVehicles, type Pack } from '#libs/games';
import type { Fault } from '#libs/kernel';
import { checkDevices } from '#libs/telemetry';
import { checkNetwork } from '#libs/transport';

import { formatTable, type Output } from './output.js';

const describePack = (pack: Pack) => ({
  id: pack.games.id,
  version: pack.games.version,
  venues: pack.venues.length,
  feeders: pack.feeders.length,
  gateways: pack.gateways.length,
  devices: pack.devices.length,
  points: listPackPoints(pack).length,
  lines: pack.transport.lines.length,
  rides: pack.transport.lines.reduce((sum, line) => sum + line.rides.length, 0),
  journeys: pack.transport.journeys?.length ?? 0,
  vehicles: listVehicles(pack.transport).length,
  sessions: pack.sessions.entries.length,
  recordings: pack.recordings.size,
});

const faultTable = (faults: readonly Fault[]): string =>
  formatTable(
    ['file', 'path', 'rule', 'what is wrong'],
    faults.map(({ file, path, rule, value, message }) => [
      file,
      path,
      rule,
      value === undefined ? message : `${message} Found ${value}.`,
    ]),
  );

/** Faults of the pack by itself, what it names of its feed and the feed lacks, and what is not known of its devices. */
const checkPack = async (directory: string): Promise<{ pack: Pack | undefined; faults: readonly Fault[] }> => {
  const inspection = await inspectPack(directory);
  const { games, venues, transport, gtfs, roads, devices } = inspection.parts;
  const network =
    games && venues && transport && gtfs
      ? checkNetwork({ games, venues, transport, gtfs, ...(roads && { roads }) })
      : [];
  const faults = [...inspection.faults, ...network, ...checkDevices(devices ?? [])];
  return { pack: faults.length === 0 && isWhole(inspection.parts) ? inspection.parts : undefined, faults };
};

/** `games check <dir>`: every fault of a Games pack. Exit code 0 only when there is none. */
export const registerGamesCheck = (program: Command, output: Output): void => {
  const games = program.commands.find((command) => command.name() === 'games') ?? program.command('games');
  games
    .description('Games packs')
    .command('check <dir>')
    .description('name every fault of a Games pack')
    .option('--json', 'one JSON value on stdout')
    .action(async (directory: string, options: { json?: true }) => {
      const { pack, faults } = await checkPack(directory);
      if (!pack) output.fail();
      if (options.json) {
        output.out(JSON.stringify(pack ? { ok: true, pack: describePack(pack) } : { ok: false, faults }));
      } else if (pack) {
        const counts = Object.entries(describePack(pack)).map(([name, value]) => `${name} ${value}`);
        output.out(`${directory} is clean: ${counts.join(', ')}.`);
      } else {
        output.out(`${faultTable(faults)}\n\n${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}.`);
      }
    });
};
