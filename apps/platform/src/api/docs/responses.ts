import { STATUS_CODES } from 'node:http';

import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

import { problemSchema } from '../problem/problem.js';

/** Documents a JSON answer by its zod schema. */
export const answers = (schema: z.ZodType, description: string, status = 200): MethodDecorator & ClassDecorator =>
  ApiResponse({ status, description, standardSchema: schema });

/** Documents which problems a route may answer with, besides 503 while the database is down. */
export const refuses = (...statuses: readonly number[]): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ...[...statuses, 503].map((status) =>
      ApiResponse({
        status,
        description: `${STATUS_CODES[status] ?? 'Error'} (application/problem+json)`,
        standardSchema: problemSchema,
      }),
    ),
  );
