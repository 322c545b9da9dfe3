import { maskUrl } from '#libs/access';
import { errorCode, errorMessage } from '#libs/kernel';

/** What helps against an error of the server or of the way to it; codes are PostgreSQL's and Node's. */
const ADVICE = new Map([
  ['42501', 'Perhaps grant this role CREATE on the database and on schema public, or make it their owner.'],
  ['28P01', 'Perhaps the password in the URL is wrong.'],
  ['28000', 'Perhaps pg_hba.conf does not let this role in from here.'],
  ['3D000', 'Perhaps create it first: createdb.'],
  ['42P01', 'Perhaps its schema is not up to date: run venueflow migrate.'],
  ['ECONNREFUSED', 'Perhaps the server is not running, or listens on another port.'],
  ['ENOTFOUND', 'Perhaps the host name in the URL is wrong.'],
]);

/** An error of the server at a URL, or of the way to it, in a line with advice. The password is not in it. */
export const describeDatabaseError = (url: string, error: unknown): string =>
  [`${maskUrl(url)}: ${errorMessage(error)}.`.replace(/\.\.$/, '.'), ADVICE.get(errorCode(error) ?? '')]
    .filter((part) => part !== undefined)
    .join(' ');

/** Why a URL is none that PostgreSQL takes; undefined when it may be one. */
export const findUrlFault = (url: string | undefined): string | undefined => {
  if (!url) return 'No database is named. Perhaps set DATABASE_URL, or give --database postgres://user@host/name.';
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return undefined;
  return 'The database must be given as a URL such as postgres://user@host:5432/name.';
};
