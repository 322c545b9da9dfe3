import { civilOf, DAYS, STEPS, STEPS_A_DAY, STEP_MIN } from './days.mjs';
import { meanPlaces } from './fleet.mjs';
import { lines } from './lines.mjs';
import { demandOf } from './people.mjs';
import { powerFigure } from './power.mjs';
import { legMinutes } from './roads.mjs';
import { feeders, siteOf, sites } from './sites.mjs';

const total = (series) => series.reduce((sum, value) => sum + value, 0);
const dayOf = (series, day) => series.slice(day * STEPS_A_DAY, (day + 1) * STEPS_A_DAY);

/** What the figures come to, in words: journeys a day by group, vehicles that the fullest hours ask for, and peaks against limits. */
export const summarise = (figures, people, loads, trips) => {
  const demands = lines.map((line) => ({ line, ...demandOf(people, line) }));
  const groups = [...new Set(lines.map(({ group }) => group))];
  const journeys = Array.from({ length: DAYS }, (_, day) => {
    const of = (group) =>
      total(
        demands
          .filter(({ line }) => line.group === group)
          .map(({ there, back }) => total(dayOf(there, day)) + total(dayOf(back, day))),
      );
    const own = groups.map((group) => `${group} ${Math.round(of(group))}`);
    return `${civilOf(day * 24 * 60).slice(0, 10)}: ${Math.round(total(groups.map(of)))} journeys: ${own.join(', ')}`;
  });
  const needs = demands.map(({ line, there, back }) => {
    const minutes = total(legMinutes(figures, line));
    const places = meanPlaces(figures, siteOf(line.from).cluster);
    const cycle = 2 * (minutes + figures.get('dispatch.layover') / 60);
    // Vehicles that the fuller direction of an hour keeps busy, each full, and back.
    const vehicles = there.map((_, step) => {
      const hour = (series) => total(series.slice(step, step + 60 / STEP_MIN));
      return (Math.max(hour(there), hour(back)) / places) * (cycle / 60);
    });
    return { line, minutes, vehicles };
  });
  const clusters = [...new Set(sites.map(({ cluster }) => cluster))].map((cluster) => {
    const own = needs.filter(({ line }) => siteOf(line.from).cluster === cluster);
    const sum = Array.from({ length: STEPS }, (_, step) => total(own.map(({ vehicles }) => vehicles[step])));
    const most = Math.max(...sum);
    const saturday = Math.max(...dayOf(sum, 10));
    return `${cluster}: ${Math.ceil(most)} full vehicles at the most (${civilOf(sum.indexOf(most) * STEP_MIN)}), ${Math.ceil(saturday)} on 14 February`;
  });
  const rides = needs.map(({ line, minutes, vehicles }) => {
    const own = trips.filter((trip) => trip.line === line && trip.way === 'there');
    const dense = Math.min(...own.flatMap(({ periods }) => periods.map(({ headwayS }) => headwayS)));
    return `${line.id} ${line.from} - ${line.to.join(', ')}: ${minutes} min, every ${Math.round(dense / 60)} min at the densest, ${Math.ceil(Math.max(...vehicles))} full vehicles at the most`;
  });
  const peaks = sites.map((site) => {
    const most = Math.max(...loads.get(site.id));
    const limit = powerFigure(figures, site, 'import_limit_kw');
    return `${site.id}: ${Math.round(most)} kW at the most, ${Math.round((100 * most) / limit)} % of the connection`;
  });
  const under = (feeder) => [feeder, ...feeders.filter(({ parent }) => parent === feeder).map(({ id }) => id)];
  const lineLoads = feeders.map(({ id }) => {
    const own = sites.filter(({ feeder }) => under(id).includes(feeder));
    const sum = Array.from({ length: STEPS }, (_, step) => total(own.map((site) => loads.get(site.id)[step])));
    const limit = figures.get(`${id}.limit_kw`);
    return `${id}: ${Math.round(Math.max(...sum))} kW at the most, ${Math.round((100 * Math.max(...sum)) / limit)} % of its limit; ${Math.round(Math.max(...dayOf(sum, 10)))} on 14 February`;
  });
  return [...journeys, '', ...clusters, '', ...rides, '', ...peaks, '', ...lineLoads].join('\n');
};
