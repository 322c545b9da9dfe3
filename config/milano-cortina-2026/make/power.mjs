import { calendar } from './calendar.mjs';
import {
  DAYS,
  FIRST_DAY,
  isWeekend,
  LAST_GAMES_DAY,
  minuteOf,
  randomOf,
  STEP_MIN,
  STEPS,
  STEPS_A_DAY,
} from './days.mjs';
import { isCeremony, isVenue } from './sites.mjs';
import { sunHeights, temperatures } from './weather.mjs';

const hourOf = (step) => ((step % STEPS_A_DAY) * STEP_MIN) / 60;

/** How much of a venue's session load is on at a minute: builds up before each session, and goes down after it. */
const phaseAt = (figures, venue, sessions, minute) => {
  const [build, least] = [figures.get('build_up.hours') * 60, figures.get('build_up.least')];
  const egress = figures.get('egress.hours') * 60;
  const day = FIRST_DAY + Math.floor(minute / (24 * 60));
  const trains =
    minuteOf(day, figures.get('workday.from')) <= minute && minute < minuteOf(day, figures.get('workday.until'));
  const resting = trains && !isCeremony(venue) && day <= LAST_GAMES_DAY ? figures.get('training.ratio') : 0;
  return sessions.reduce((most, { start, end }) => {
    if (minute < start - build || minute > end + egress) return most;
    if (minute < start) return Math.max(most, least + (1 - least) * (1 - (start - minute) / build));
    return Math.max(most, minute <= end ? 1 : 1 - (minute - end) / egress);
  }, resting);
};

const venueLoad = (figures, venue) => {
  const { id } = venue;
  const sessions = calendar
    .filter((session) => session.venue === id)
    .map(({ day, from, to }) => ({ start: minuteOf(day, from), end: minuteOf(day, to) }));
  const heights = sunHeights(figures.get(`${id}.position`));
  const flood = figures.find(`${id}.floodlight_kw`) ?? 0;
  return (step) => {
    const phase = phaseAt(figures, venue, sessions, step * STEP_MIN);
    const lit = heights[step] < figures.get('floodlight.sun_height') ? flood * phase : 0;
    return figures.get(`${id}.idle_kw`) + figures.get(`${id}.session_kw`) * phase + lit;
  };
};

/** Of a village by bed, of a hub as it stands. */
const placeLoad = (figures, { kind }, size) => {
  const hours = figures.get('place.day_shape');
  const shape = (step) => {
    const [hour, part] = [Math.floor(hourOf(step)), hourOf(step) % 1];
    return hours[hour] * (1 - part) + hours[(hour + 1) % 24] * part;
  };
  return (step) => size * (figures.get(`${kind}.idle_kw`) + figures.get(`${kind}.day_kw`) * shape(step));
};

/** Beds of a village, of which its figures are; one of everything else. */
export const sizeOf = (figures, { id, kind }) => (kind === 'village' ? figures.get(`${id}.beds`) : 1);

/** Where a site's figure stands: under its own name, or under that of all villages or hubs. */
export const powerFigure = (figures, site, name) =>
  isVenue(site) || site.kind === 'media'
    ? figures.get(`${site.id}.${name}`)
    : figures.get(`${site.kind}.${name}`) * sizeOf(figures, site);

const baseLoad = (figures, site) => {
  if (isVenue(site)) return venueLoad(figures, site);
  if (site.kind !== 'media') return placeLoad(figures, site, sizeOf(figures, site));
  return (step) => {
    const shape = figures.get('place.day_shape')[Math.floor(hourOf(step))];
    return figures.get(`${site.id}.idle_kw`) + figures.get(`${site.id}.session_kw`) * shape;
  };
};

/** A site's metered load at each step, kW: what always runs, sessions or the day, heating by the cold, and noise. */
export const loadOf = (figures, site) => {
  const base = baseLoad(figures, site);
  const random = randomOf(figures.get('seed'), `${site.id} load`);
  const cold = temperatures(figures, site.cluster);
  const heating = powerFigure(figures, site, 'heating_kw');
  let noise = 0;
  return Array.from({ length: STEPS }, (_, step) => {
    noise = 0.8 * noise + 0.6 * figures.get('load.noise') * (random() + random() + random() - 1.5) * 2;
    const degrees = Math.max(0, figures.get('heating.from') - cold[step]);
    return (base(step) + heating * Math.min(1.2, degrees / figures.get('heating.at'))) * (1 + noise);
  });
};

/** Price and carbon of energy taken from the grid, by hour. */
export const makeTariff = (figures) =>
  Array.from({ length: DAYS * 24 }, (_, hour) => {
    const weekend = isWeekend(Math.floor(hour / 24)) ? figures.get('price.weekend') : 1;
    const dayAhead = figures.get('price.day_ahead') * figures.get('price.shape')[hour % 24] * weekend;
    const carbon = figures.get('carbon.mean') * figures.get('carbon.shape')[hour % 24];
    return { price: dayAhead + figures.get('price.added'), carbon };
  });
