import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { fail, ok, type Result } from '#libs/kernel';

import { findUrlFault } from '../database-error.js';

/** The database that is named, else that of the Venueflow that runs in a home folder, which leaves its address there; or why there is none. */
export const findDatabase = (named: string | undefined, home: string): Result<string, string> => {
  if (named !== undefined && named !== '') {
    const fault = findUrlFault(named);
    return fault === undefined ? ok(named) : fail(fault);
  }
  const note = join(home, 'database-url');
  try {
    return ok(readFileSync(note, 'utf8').trim());
  } catch {
    return fail(
      `No database is named, and no Venueflow with an embedded one runs in ${home}: there is no ${note}. Perhaps start it with npm start, give its --home, or set DATABASE_URL.`,
    );
  }
};
