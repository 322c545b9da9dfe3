import { formatTable } from '../../output.js';
import type { SimulatedDay, SimulationFigures } from './simulation-bench.js';

const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** Departures and people of a larger day are as many times those of the Games as they are, but for chance: attendance by venue, and counts that are Poisson. */
const DEPARTURES_OFF = 0.01;
const PEOPLE_OFF = 0.15;
const STANDARD_DEVIATIONS = 4;

const dayDocument = (day: SimulatedDay, hours: number, first: SimulatedDay) => ({
  size: day.size,
  people: Math.round(day.people),
  departures: day.departures,
  events: day.events,
  seconds: round(day.seconds, 2),
  events_per_second: Math.round(day.events / day.seconds),
  people_per_second: Math.round(day.people / day.seconds),
  ratio_to_real_time: Math.round((hours * 3600) / day.seconds),
  cpu_seconds: round(day.cpuSeconds, 2),
  growth: round(day.cpuSeconds / first.cpuSeconds / day.size, 3),
  rss_mb: round(day.rssMb),
});

/** The figures under the names that others read. `growth`: CPU seconds beside those of the Games as they are, by size; 1 where they grow as the size does. */
export const simulationDocument = ({ flags, days, planned }: SimulationFigures) => {
  const [first] = days;
  return {
    day: flags.day,
    hours: flags.hours,
    seed: flags.seed,
    planned_hours: planned.hours,
    planned_seconds: round(planned.day.seconds, 2),
    planned_ratio_to_real_time: Math.round((planned.hours * 3600) / planned.day.seconds),
    planned_ratio_to_world: round(planned.day.seconds / planned.world.seconds),
    planned_rss_mb: round(planned.day.rssMb),
    sizes: first ? days.map((day) => dayDocument(day, flags.hours, first)) : [],
  };
};

/** For people: the figures, and how they grow with the size. */
export const simulationTable = (figures: SimulationFigures): string => {
  const { sizes, ...document } = simulationDocument(figures);
  return [
    formatTable(
      Object.keys(sizes[0] ?? {}),
      sizes.map((day) => Object.values(day).map(String)),
    ),
    formatTable(
      ['figure', 'value'],
      Object.entries(document).map(([name, value]) => [name, String(value)]),
    ),
  ].join('\n\n');
};

/** A larger day that is not what it should be, in a line. */
export const findSimulationFault = ({ days }: Pick<SimulationFigures, 'days'>): string | undefined => {
  const [first] = days;
  if (!first) return undefined;
  return days.flatMap(({ size, departures, people }) => {
    const [leave, come] = [size * first.departures, size * first.people];
    if (Math.abs(departures - leave) > DEPARTURES_OFF * leave)
      return [`At ${size} times the size there are ${departures} departures, not ${size} times ${first.departures}.`];
    if (Math.abs(people - come) > PEOPLE_OFF * come + STANDARD_DEVIATIONS * Math.sqrt(come * size))
      return [
        `At ${size} times the size ${people.toFixed(0)} people come, not ${size} times ${first.people.toFixed(0)}.`,
      ];
    return [];
  })[0];
};
