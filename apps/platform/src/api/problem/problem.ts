import { STATUS_CODES } from 'node:http';

import { HttpException } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';

/** RFC 9457 problem details. `errors` names each fault of a request. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  instance: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string(), value: z.string().optional() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** An answer that is not what was asked for. `detail` says the value and what to do. */
export class ProblemError extends HttpException {
  constructor(
    status: number,
    readonly detail: string,
    readonly errors?: readonly { readonly path: string; readonly message: string; readonly value?: string }[],
  ) {
    super(detail, status);
  }
}

export const makeProblem = (status: number, detail: string, errors?: ProblemError['errors']): Problem => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
  detail,
  ...(errors ? { errors: [...errors] } : {}),
});

export const sendProblem = (response: Response, problem: Problem): void => {
  if (problem.status === 503) response.setHeader('Retry-After', '5');
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
};
