import { calendar } from './calendar.mjs';
import { DAYS, FIRST_DAY, LAST_GAMES_DAY, minuteOf, STEP_MIN, STEPS } from './days.mjs';
import { lines } from './lines.mjs';
import { legMinutes } from './roads.mjs';
import { isCeremony, sites, venues } from './sites.mjs';

const zeros = () => new Array(STEPS).fill(0);

/** Part of a triangle from `first` over `peak` to `last` that lies before `x`. */
const triangleBefore = (x, { first, peak, last }) => {
  if (x <= first) return 0;
  if (x >= last) return 1;
  if (x <= peak) return (x - first) ** 2 / ((last - first) * (peak - first));
  return 1 - (last - x) ** 2 / ((last - first) * (last - peak));
};

/** Adds people to the steps in which they come; who would come outside of the recording does not. */
const spread = (series, people, triangle) => {
  const from = Math.max(0, Math.floor(triangle.first / STEP_MIN));
  const until = Math.min(STEPS, Math.ceil(triangle.last / STEP_MIN));
  for (let step = from; step < until; step++) {
    const start = step * STEP_MIN;
    series[step] += people * (triangleBefore(start + STEP_MIN, triangle) - triangleBefore(start, triangle));
  }
};

const moved = ({ first, peak, last }, minutes) => ({
  first: first + minutes,
  peak: peak + minutes,
  last: last + minutes,
});

/** Whole numbers whose running sums are those of the series, rounded. */
const toWhole = (series) => {
  let [sum, told] = [0, 0];
  return series.map((value) => {
    sum += value;
    const whole = Math.round(sum) - told;
    told += whole;
    return whole;
  });
};

/** Around a minute, half the spread of a shift on either side. */
const shiftAround = (figures, minute) => {
  const half = figures.get('shift.spread');
  return { first: minute - half, peak: minute, last: minute + half };
};

/** Spectators, athletes and media of one session. */
const sessionCrowds = (figures, venue, { day, from, to, filling }) => {
  const [start, end] = [minuteOf(day, from), minuteOf(day, to)];
  const places = figures.get(`${venue.id}.capacity`);
  const ofGroup = (group, people) => ({
    group,
    people,
    in: shiftAround(figures, start - figures.get(`${group}.before_start`)),
    out: shiftAround(figures, end + figures.get(`${group}.after_end`)),
  });
  return [
    {
      group: 'spectators',
      people: places * figures.get(`filling.${filling}`),
      in: {
        first: start - figures.get('arrival.first'),
        peak: start - figures.get('arrival.peak'),
        last: start - figures.get('arrival.last'),
      },
      out: {
        first: end + figures.get('egress.first'),
        peak: end + figures.get('egress.peak'),
        last: end + figures.get('egress.last'),
      },
    },
    ofGroup('athletes', figures.get(isCeremony(venue) ? 'athletes.ceremony' : 'athletes.per_session')),
    ofGroup('media', figures.get('media.fixed') + places * figures.get('media.per_place')),
  ];
};

/** The workforce of a venue's day, and those who train there when it has no session. */
const dayCrowds = (figures, venue, day, sessions) => {
  const people =
    figures.get('workforce.fixed') + figures.get(`${venue.id}.capacity`) * figures.get('workforce.per_place');
  const crowd = (group, count, first, last) => ({
    group,
    people: count,
    in: shiftAround(figures, first),
    out: shiftAround(figures, last),
  });
  if (sessions.length > 0) {
    const first = Math.min(...sessions.map(({ from }) => minuteOf(day, from)));
    const last = Math.max(...sessions.map(({ to }) => minuteOf(day, to)));
    const [before, after] = [figures.get('workforce.before_first'), figures.get('workforce.after_last')];
    return [crowd('workforce', people, first - before, last + after)];
  }
  if (isCeremony(venue)) return [];
  const at = (name) => minuteOf(day, figures.get(name));
  const working = people * figures.get('workforce.without_session');
  return [
    crowd('workforce', working, at('workday.from'), at('workday.until')),
    crowd('athletes', figures.get('athletes.training'), at('training.from'), at('training.until')),
  ];
};

/** Everybody who comes to a venue and leaves it: of each crowd its group, how many they are, and when they pass the gate inward and outward. */
const crowdsOf = (figures, venue) => {
  const own = calendar.filter((session) => session.venue === venue.id);
  const days = Array.from({ length: LAST_GAMES_DAY - FIRST_DAY + 1 }, (_, index) => FIRST_DAY + index);
  return [
    ...own.flatMap((session) => sessionCrowds(figures, venue, session)),
    ...days.flatMap((day) =>
      dayCrowds(
        figures,
        venue,
        day,
        own.filter((session) => session.day === day),
      ),
    ),
  ];
};

/** Part of a group's people at a venue who ride this line. */
const partOf = (figures, line) =>
  figures.get(line.group === 'spectators' ? `${line.id}.share` : `${line.group}.by_shuttle`);

const total = (series) => series.reduce((sum, value) => sum + value, 0);
/** Four decimals, rounded down so that shares of a counter never sum to more than one. */
const toShare = (part, whole) => (whole > 0 ? Math.floor((part / whole) * 10_000) / 10_000 : 0);

/**
 * What gates count, by `<site>_in` and `<site>_out` in people of each quarter hour, and the rides with their shares of these counts. People set out from a hub so
 * early that they are at the gate when they are counted there.
 */
export const makePeople = (figures) => {
  const counts = new Map(
    sites.flatMap((site) => [
      ...(venues.includes(site) ? [[`${site.id}_in`, zeros()]] : []),
      [`${site.id}_out`, zeros()],
    ]),
  );
  const rides = lines.flatMap((line) => {
    const legs = legMinutes(figures, line);
    return line.to.map((venue, index) => ({
      line,
      venue,
      minutes: legs.slice(0, index + 1).reduce((sum, leg) => sum + leg, 0),
      people: 0,
    }));
  });
  for (const venue of venues) {
    for (const crowd of crowdsOf(figures, venue)) {
      spread(counts.get(`${venue.id}_in`), crowd.people, crowd.in);
      spread(counts.get(`${venue.id}_out`), crowd.people, crowd.out);
      for (const ride of rides) {
        if (ride.venue !== venue.id || ride.line.group !== crowd.group) continue;
        const people = crowd.people * partOf(figures, ride.line);
        const early = ride.minutes + figures.get('people.gate_to_stop');
        spread(counts.get(`${ride.line.from}_out`), people, moved(crowd.in, -early));
        ride.people += people;
      }
    }
  }
  const whole = new Map([...counts].map(([name, series]) => [name, toWhole(series)]));
  const shared = rides.map(({ line, venue, people }) => ({
    line,
    venue,
    there: toShare(people, total(counts.get(`${line.from}_out`))),
    back: toShare(people, total(counts.get(`${venue}_out`))),
  }));
  return { counts: whole, rides: shared };
};

/** People of a line in each step, as its counters' shares have them: from its hub, and back. */
export const demandOf = ({ counts, rides }, line) => {
  const sum = { there: zeros(), back: zeros() };
  for (const ride of rides.filter((one) => one.line === line)) {
    counts.get(`${line.from}_out`).forEach((people, step) => (sum.there[step] += people * ride.there));
    counts.get(`${ride.venue}_out`).forEach((people, step) => (sum.back[step] += people * ride.back));
  }
  return sum;
};

/** Days, counted from the first, on which any of the venues has a session. */
export const sessionDays = (ids) =>
  Array.from({ length: DAYS }, (_, index) => index).filter((index) =>
    calendar.some(({ venue, day }) => ids.includes(venue) && day === FIRST_DAY + index),
  );
