import { z } from 'zod';

/** `H:MM:SS` of the service day as seconds; hours go past 24. */
const time = z
  .string()
  .regex(/^\d{1,3}:[0-5]\d:[0-5]\d$/, 'must be a time such as 07:30:00 or 25:10:00')
  .transform((text) => {
    const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
    return hours * 3600 + minutes * 60 + seconds;
  });

const whole = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number);
const flag = z.enum(['0', '1']).transform((text) => text === '1');
const zone = z.string().refine(isTimeZone, 'must be an IANA time zone such as Europe/Rome');

/** `YYYYMMDD` as civil midnight, ms. */
const date = z
  .string()
  .regex(/^\d{8}$/, 'must be a date such as 20260214')
  .transform((text) => Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6))));

const degrees = (limit: number) =>
  z
    .string()
    .regex(/^[+-]?\d+(\.\d+)?$/, 'must be decimal degrees')
    .transform(Number)
    .refine((value) => Math.abs(value) <= limit, `must lie between -${limit} and ${limit}`);

/** The fields that are used, as GTFS Schedule names them. A blank field counts as absent. Others are ignored. */
export const rowSchemas = {
  'agency.txt': z.object({ agency_id: z.string().optional(), agency_name: z.string(), agency_timezone: zone }),
  'stops.txt': z.object({
    stop_id: z.string(),
    stop_name: z.string().optional(),
    stop_lat: degrees(90).optional(),
    stop_lon: degrees(180).optional(),
  }),
  'routes.txt': z.object({
    route_id: z.string(),
    route_short_name: z.string().optional(),
    route_long_name: z.string().optional(),
    route_type: whole,
  }),
  'trips.txt': z.object({ route_id: z.string(), service_id: z.string(), trip_id: z.string() }),
  'stop_times.txt': z.object({
    trip_id: z.string(),
    arrival_time: time.optional(),
    departure_time: time.optional(),
    stop_id: z.string(),
    stop_sequence: whole,
  }),
  'calendar.txt': z.object({
    service_id: z.string(),
    monday: flag,
    tuesday: flag,
    wednesday: flag,
    thursday: flag,
    friday: flag,
    saturday: flag,
    sunday: flag,
    start_date: date,
    end_date: date,
  }),
  'calendar_dates.txt': z.object({ service_id: z.string(), date, exception_type: z.enum(['1', '2']) }),
  'frequencies.txt': z.object({
    trip_id: z.string(),
    start_time: time,
    end_time: time,
    headway_secs: whole.refine((value) => value > 0, 'must be positive'),
  }),
} as const;

export type TableName = keyof typeof rowSchemas;
export type Row<Name extends TableName> = z.infer<(typeof rowSchemas)[Name]>;

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
