import { calendar } from './calendar.mjs';
import { DAYS, FIRST_DAY, minuteOf, STEP_MIN, STEPS } from './days.mjs';
import { lines } from './lines.mjs';
import { legMinutes } from './roads.mjs';
import { sites, venues } from './sites.mjs';

/** The Games' own days: rehearsals from the 4th, the end on the 22nd. */
const LAST_DAY = 22;
const CEREMONIES = ['san_siro', 'verona'];
/** Those who work or train on a day without a session of theirs. */
const WORKDAY = { from: '08:00', until: '17:00', trainFrom: '10:00', trainUntil: '13:00' };

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

/**
 * People who come to a venue and leave it: one entry for each crowd, with its group, how many, when they pass the gate inward and outward, and which part
 * of them rides a line of their group.
 */
const crowdsOf = (figures, venue) => {
  const own = calendar.filter((session) => session.venue === venue.id);
  const places = figures.get(`${venue.id}.capacity`);
  const isCeremony = CEREMONIES.includes(venue.id);
  const around = (minute) => {
    const half = figures.get('shift.spread');
    return { first: minute - half, peak: minute, last: minute + half };
  };
  const before = (group, start) => around(start - figures.get(`${group}.before_start`));
  const after = (group, end) => around(end + figures.get(`${group}.after_end`));

  const visits = own.flatMap(({ day, from, to, filling }) => {
    const [start, end] = [minuteOf(day, from), minuteOf(day, to)];
    const arrival = {
      first: start - figures.get('arrival.first'),
      peak: start - figures.get('arrival.peak'),
      last: start - figures.get('arrival.last'),
    };
    const egress = {
      first: end + figures.get('egress.first'),
      peak: end + figures.get('egress.peak'),
      last: end + figures.get('egress.last'),
    };
    const media = figures.get('media.fixed') + places * figures.get('media.per_place');
    return [
      { group: 'spectators', people: places * figures.get(`filling.${filling}`), in: arrival, out: egress },
      {
        group: 'athletes',
        people: figures.get(isCeremony ? 'athletes.ceremony' : 'athletes.per_session'),
        in: before('athletes', start),
        out: after('athletes', end),
      },
      { group: 'media', people: media, in: before('media', start), out: after('media', end) },
    ];
  });
  const work = Array.from({ length: LAST_DAY - FIRST_DAY + 1 }, (_, index) => FIRST_DAY + index).flatMap((day) => {
    const today = own.filter((session) => session.day === day);
    const people = figures.get('workforce.fixed') + places * figures.get('workforce.per_place');
    if (today.length > 0) {
      const start = Math.min(...today.map(({ from }) => minuteOf(day, from))) - figures.get('workforce.before_first');
      const end = Math.max(...today.map(({ to }) => minuteOf(day, to))) + figures.get('workforce.after_last');
      return [{ group: 'workforce', people, in: around(start), out: around(end) }];
    }
    if (isCeremony) return [];
    return [
      {
        group: 'workforce',
        people: people * figures.get('workforce.without_session'),
        in: around(minuteOf(day, WORKDAY.from)),
        out: around(minuteOf(day, WORKDAY.until)),
      },
      {
        group: 'athletes',
        people: figures.get('athletes.training'),
        in: around(minuteOf(day, WORKDAY.trainFrom)),
        out: around(minuteOf(day, WORKDAY.trainUntil)),
      },
    ];
  });
  return [...visits, ...work];
};

/** Part of a group's people at a venue who ride this line. */
const partOf = (figures, line) => {
  const part = figures.get(line.group === 'spectators' ? `${line.id}.share` : `${line.group}.by_shuttle`);
  return part;
};

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
      there: 0,
      back: 0,
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
        ride.there += people;
        ride.back += people;
      }
    }
  }
  const whole = new Map([...counts].map(([name, series]) => [name, toWhole(series)]));
  const shared = rides.map(({ line, venue, minutes, there, back }) => ({
    line,
    venue,
    minutes,
    there: toShare(there, total(counts.get(`${line.from}_out`))),
    back: toShare(back, total(counts.get(`${venue}_out`))),
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
