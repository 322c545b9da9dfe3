// Makes the pack's files from ../figures.yaml: `node config/milano-cortina-2026/make/make-pack.mjs`. The same figures give the same bytes.
// With --check it writes nothing and names what differs from what is checked in; with --summary it says what the figures come to.
// With --in FOLDER it reads the figures.yaml of that folder and writes there.
import { Buffer } from 'node:buffer';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { makeCsv, makeDevices, makeRecordings, makeSessions, makeTransport, makeVenues } from './documents.mjs';
import { STEP_MIN } from './days.mjs';
import { makeFeed } from './feed.mjs';
import { readFigures } from './figures.mjs';
import { makePeople } from './people.mjs';
import { loadOf, makeTariff } from './power.mjs';
import { sites } from './sites.mjs';
import { summarise } from './summary.mjs';
import { sunOutput } from './weather.mjs';

const folder = process.argv.includes('--in')
  ? pathToFileURL(`${resolve(process.argv[process.argv.indexOf('--in') + 1])}/`)
  : new URL('../', import.meta.url);
const here = (name) => new URL(name, folder);

const figures = readFigures(here('figures.yaml'));
const people = makePeople(figures);
const loads = new Map(sites.map((site) => [site.id, loadOf(figures, site)]));
const firstOf = new Map(sites.toReversed().map(({ cluster, id }) => [cluster, id]));
const sun = new Map(
  [...firstOf].map(([cluster, id]) => [cluster, sunOutput(figures, cluster, figures.get(`${id}.position`))]),
);
const tariff = makeTariff(figures);
const prices = new Map([
  ['price_per_kwh', tariff.map(({ price }) => price)],
  ['carbon_kg_per_kwh', tariff.map(({ carbon }) => carbon)],
]);
const { zip, trips } = makeFeed(figures, people);

const files = new Map([
  ['venues.yaml', makeVenues(figures)],
  ['sessions.yaml', makeSessions()],
  ['recordings.yaml', makeRecordings()],
  ['devices.yaml', makeDevices(figures, { loads, counts: people.counts })],
  ['transport.yaml', makeTransport(figures, people)],
  ['recordings/load.csv', makeCsv(loads, STEP_MIN, 0)],
  ['recordings/sun.csv', makeCsv(sun, STEP_MIN, 3)],
  ['recordings/people.csv', makeCsv(people.counts, STEP_MIN, 0)],
  ['recordings/tariff.csv', makeCsv(prices, 60, 4)],
  ['gtfs/milano-cortina-2026.zip', zip],
]);

const unread = figures.unread();
if (unread.length > 0) throw new Error(`Nothing is made from ${unread.join(', ')}.`);

const readIfThere = (name) => {
  try {
    return readFileSync(here(name));
  } catch {
    return Buffer.alloc(0);
  }
};

if (process.argv.includes('--summary')) {
  console.log(summarise(figures, people, loads, trips));
} else if (process.argv.includes('--check')) {
  const others = [...files].filter(([name, content]) => !readIfThere(name).equals(Buffer.from(content)));
  for (const [name] of others) console.log(`${name} is not what figures.yaml gives.`);
  process.exitCode = others.length > 0 ? 1 : 0;
} else {
  for (const name of ['recordings', 'gtfs']) mkdirSync(here(name), { recursive: true });
  for (const [name, content] of files) writeFileSync(here(name), content);
  console.log(`${files.size} files.`);
}
