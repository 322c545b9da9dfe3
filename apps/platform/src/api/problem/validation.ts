import { StandardSchemaValidationPipe } from '@nestjs/common';

import { ProblemError } from './problem.js';

const MAX_FAULTS = 20;

/** Checks each parameter that has a schema; what is wrong becomes a 400 that names every fault. */
export const validation = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) => {
    const errors = issues.slice(0, MAX_FAULTS).map(({ path, message }) => ({
      path: (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
      message,
    }));
    const list = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
    return new ProblemError(400, `The request cannot be used. ${list.join('; ')}`, errors);
  },
});
