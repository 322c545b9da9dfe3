import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { CASE_HOURS, COME_S, type LineCall, type LineCase, type LineResult } from './line-case.js';

const LEG_M = 1000;
/** A leg takes 74 s or so at this; then the vehicle stands until it is due, with its doors open. */
const SPEED_MPS = 15;
const STOP_M = [900, 980] as const;
/** So long before it is due at its first stop, a vehicle is on its road. */
const BEFORE_S = 60;
const END_S = CASE_HOURS * 3600;

type Attributes = Readonly<Record<string, string | number>>;

const element = (name: string, attributes: Attributes, content: readonly string[] = []): string => {
  const open = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${value}"`)].join(' ');
  return content.length === 0 ? `<${open}/>` : `<${open}>\n${content.join('\n')}\n</${name}>`;
};

/** A straight road that ends after the last stop; each edge has a stop near its end. */
const nodesOf = ({ stops }: LineCase): string =>
  element(
    'nodes',
    {},
    ['', ...stops].map((_, index) => element('node', { id: `n${index}`, x: index * LEG_M, y: 0 })),
  );

const edgesOf = ({ stops }: LineCase): string =>
  element(
    'edges',
    {},
    stops.map((stop, index) =>
      element('edge', { id: stop, from: `n${index}`, to: `n${index + 1}`, numLanes: 1, speed: SPEED_MPS }),
    ),
  );

const stopsOf = ({ stops }: LineCase): string =>
  element(
    'additional',
    {},
    stops.map((stop) =>
      element('busStop', { id: stop, lane: `${stop}_0`, startPos: STOP_M[0], endPos: STOP_M[1], personCapacity: 1000 }),
    ),
  );

interface Person {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly comesS: number;
}

/** Who comes in a minute queues in the order of the rides. */
const peopleOf = ({ rides }: LineCase): readonly Person[] => {
  const minutes = Math.max(...rides.map(({ people }) => people.length));
  return Array.from({ length: minutes }, (_, minute) =>
    rides.flatMap(({ from, to, people }) =>
      Array.from({ length: people[minute] ?? 0 }, (_one, index) => ({
        id: `${from}-${to}-${minute}-${index}`,
        from,
        to,
        comesS: minute * 60 + COME_S,
      })),
    ),
  ).flat();
};

const routesOf = (line: LineCase, people: readonly Person[]): string => {
  const { stops, legMinutes, departures, places } = line;
  const vehicles = departures.map((minute) => {
    const calls = stops.map((stop, index) =>
      element('stop', { busStop: stop, until: (minute + index * legMinutes) * 60 }),
    );
    const at = minute * 60 - BEFORE_S;
    const vehicle = { id: minute, type: 'bus', line: 'L', route: 'line', depart: at, departPos: STOP_M[0] - 100 };
    return { at, xml: element('vehicle', vehicle, calls) };
  });
  const persons = people.map(({ id, from, to, comesS }) => {
    const plan = [element('stop', { busStop: from, duration: 0 }), element('ride', { busStop: to, lines: 'L' })];
    return { at: comesS, xml: element('person', { id, depart: comesS }, plan) };
  });
  return element('routes', {}, [
    element('vType', { id: 'bus', vClass: 'bus', personCapacity: places, length: 12, sigma: 0, speedDev: 0 }),
    element('route', { id: 'line', edges: stops.join(' ') }),
    // SUMO wants them in order of time.
    ...[...vehicles, ...persons].toSorted((a, b) => a.at - b.at).map(({ xml }) => xml),
  ]);
};

/** Attributes of every element of that name. SUMO writes one a line. */
const attributesOf = (xml: string, name: string): readonly Readonly<Record<string, string>>[] =>
  [...xml.matchAll(new RegExp(`<${name} ([^>]*)>`, 'g'))].map(([, text = '']) =>
    Object.fromEntries([...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value])),
  );

const call = async (program: string, args: readonly string[], cwd: string): Promise<void> => {
  try {
    await promisify(execFile)(program, args, { cwd });
  } catch (error) {
    throw new Error(`${program} failed. The Debian package sumo has it.`, { cause: error });
  }
};

/** The same line and people in Eclipse SUMO. */
export const runSumo = async (line: LineCase): Promise<LineResult> => {
  const folder = await mkdtemp(join(tmpdir(), 'venueflow-sumo-'));
  try {
    const people = peopleOf(line);
    const files = {
      'line.nod.xml': nodesOf(line),
      'line.edg.xml': edgesOf(line),
      'line.add.xml': stopsOf(line),
      'line.rou.xml': routesOf(line, people),
    };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const quiet = ['--xml-validation', 'never'];
    await call('netconvert', [...quiet, '-n', 'line.nod.xml', '-e', 'line.edg.xml', '-o', 'line.net.xml'], folder);
    await call(
      'sumo',
      [
        ...quiet,
        '--no-step-log',
        ...['-n', 'line.net.xml', '-a', 'line.add.xml', '-r', 'line.rou.xml', '--end', `${END_S}`],
        ...['--tripinfo-output', 'trips.xml', '--tripinfo-output.write-unfinished', '--stop-output', 'stops.xml'],
      ],
      folder,
    );
    const [trips, stops] = await Promise.all(
      ['trips.xml', 'stops.xml'].map((name) => readFile(join(folder, name), 'utf8')),
    );
    return readResult(line, people, trips ?? '', stops ?? '');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const readResult = ({ stops }: LineCase, people: readonly Person[], trips: string, calls: string): LineResult => {
  const known = new Map(people.map((person) => [person.id, person]));
  const rides = attributesOf(trips, 'ride');
  const waited = attributesOf(trips, 'personinfo').map(({ id = '' }, index) => {
    const person = known.get(id);
    const ride = rides[index];
    if (!person || !ride) throw new Error(`SUMO tells of ${id}, whom nobody sent.`);
    const boardsS = ride['vehicle'] === 'NULL' ? undefined : person.comesS + Number(ride['waitingTime']);
    return { ...person, boardsS };
  });
  if (waited.length !== people.length) throw new Error(`SUMO tells of ${waited.length} of ${people.length} people.`);
  const leftBehindAt = (stop: string, endedS: number): number =>
    waited.filter(({ from, comesS, boardsS = Infinity }) => from === stop && comesS < endedS && boardsS > endedS)
      .length;
  const waits = waited.map(({ comesS, boardsS }) => (boardsS ?? END_S) - comesS);
  return {
    calls: attributesOf(calls, 'stopinfo')
      .map(({ id, busStop = '', ended, loadedPersons, unloadedPersons }): LineCall => ({
        departure: Number(id),
        stop: busStop,
        alighted: Number(unloadedPersons),
        boarded: Number(loadedPersons),
        left_behind: leftBehindAt(busStop, Number(ended)),
      }))
      .toSorted((a, b) => a.departure - b.departure || stops.indexOf(a.stop) - stops.indexOf(b.stop)),
    meanWaitS: waits.reduce((sum, one) => sum + one, 0) / waits.length,
    unserved: waited.filter(({ boardsS }) => boardsS === undefined).length,
  };
};
