import { formatCivil, formatCivilDate, type Games, getCivil } from '#libs/games';
import { DAY_MS, type EpochMs, epochMs, fromCivil, MINUTE_MS, toCivil } from '#libs/kernel';

/** What the start asks for, of a store in which event time has not begun. */
export interface WantedBegin {
  /** Civil date; absent: as the pack says, or now. */
  readonly day: string | undefined;
  /** Minute of the day; absent: as the pack says, or now. */
  readonly minute: number | undefined;
}

type EventGames = Pick<Games, 'name' | 'time_zone' | 'days'>;

/** Why event time cannot begin on a day, in a sentence; undefined when it can. */
export const refuseDay = ({ name, days }: EventGames, day: string | undefined): string | undefined => {
  if (day === undefined) return undefined;
  if (!days) return `${name} has no days of its own: it begins now. Leave out --day ${day}.`;
  if (day >= days.first && day <= days.last) return undefined;
  return `${day} is no day of ${name}, which lasts from ${days.first} to ${days.last}. Choose one of them with --day, or none for ${days.begin.slice(0, 10)}.`;
};

/** Where event time begins in a new store: in the pack's days, else now or when it is next the given minute of the day. Preconditions: `refuseDay` has nothing against it. */
export const firstInstant = ({ time_zone: zone, days }: EventGames, wanted: WantedBegin, now: EpochMs): EpochMs => {
  if (days) {
    const begin = getCivil(days.begin);
    const day =
      wanted.day === undefined ? getCivil(`${formatCivilDate(begin)}T00:00`) : getCivil(`${wanted.day}T00:00`);
    return fromCivil(zone, day + (wanted.minute === undefined ? begin % DAY_MS : wanted.minute * MINUTE_MS));
  }
  const { minute } = wanted;
  if (minute === undefined) return now;
  const today = Math.floor(toCivil(zone, now) / DAY_MS) * DAY_MS;
  const instants = [0, 1].map((day) => fromCivil(zone, today + day * DAY_MS + minute * MINUTE_MS));
  return instants.find((instant) => instant >= now) ?? now;
};

/** Where event time goes on after what was reserved: from there in an event with days of its own, else at the wall's when that is later. */
export const nextInstant = ({ days }: EventGames, reserved: EpochMs, now: EpochMs): EpochMs =>
  days ? reserved : epochMs(Math.max(now, reserved));

/** What people should know of a store in which event time has begun before, in sentences. */
export const tellBegun = (games: EventGames, wanted: WantedBegin, reserved: EpochMs): readonly string[] => {
  const { name, time_zone: zone, days } = games;
  const at = formatCivil(toCivil(zone, reserved)).replace('T', ' ');
  const isPast = days !== undefined && at.slice(0, 10) > days.last;
  const wished = wanted.day !== undefined || wanted.minute !== undefined;
  if (isPast)
    return [
      `Event time is ${at} here, after the last day of ${name} (${days.last}), and never runs back. For its days choose another --home.`,
    ];
  return wished
    ? [`Event time goes on from ${at}: --day and --begin are for a new home. Choose another with --home.`]
    : [];
};
