import type { ApiBody } from '@nestjs/swagger';
import { type Comparison, type Figure, type Scenario, scenarioFile } from '#libs/simulation';
import type { SimulationRun } from '#libs/store';
import { z } from 'zod';

import { personSchema } from '../overrides/override.schema.js';

type SchemaObject = Extract<Parameters<typeof ApiBody>[0], { readonly schema: unknown }>['schema'];

const states = ['queued', 'running', 'done', 'cancelled', 'failed'] as const;
const instant = z.number().int();

/** A scenario without its pack, which is the platform's, and without a search, which is for `venueflow simulate`. */
export type ScenarioDocument = Omit<Scenario, 'pack' | 'search'>;

/** What a run is asked with; its scenario is checked with the pack, so that every fault is said at once. */
export const runRequest = z.looseObject({ by: personSchema, replay: z.boolean().default(false) });
export type RunRequest = z.infer<typeof runRequest>;

export const withoutKeys = (
  document: Readonly<Record<string, unknown>>,
  ...keys: readonly string[]
): Record<string, unknown> => Object.fromEntries(Object.entries(document).filter(([key]) => !keys.includes(key)));

/** The request as /api/docs shows it: scenario.yaml as JSON, without pack and search. */
export const runRequestShape = (): SchemaObject => {
  const shape = z.toJSONSchema(scenarioFile, { io: 'input' });
  return {
    type: 'object',
    properties: {
      ...withoutKeys(shape.properties ?? {}, 'pack', 'search'),
      by: { type: 'string', maxLength: 100, default: 'operations' },
      replay: {
        type: 'boolean',
        default: false,
        description: 'Run a past day with what was measured on it, beside what happened',
      },
    },
    required: (shape.required ?? []).filter((name) => name !== 'pack'),
  };
};

export const keepRequest = z.strictObject({ kept: z.boolean() });
export type KeepRequest = z.infer<typeof keepRequest>;
export const cancelRequest = z.strictObject({});

const id = z.string().regex(/^[0-9a-f]{12}$/, 'the id of a run, such as 0f3a91c2d4e5');
export const dayQuery = z.object({ day: z.iso.date() });
export const compareQuery = z.object({
  ids: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(id).min(2, 'two ids or more, with commas between').max(4, 'at most four ids'))
    .refine((ids) => new Set(ids).size === ids.length, 'each id once'),
});

export const headSchema = z.object({
  id: z.string(),
  title: z.string(),
  day: z.iso.date(),
  state: z.enum(states),
  progress: z.number().min(0).max(1),
  failure: z.string().nullable().describe('Why it failed'),
  kept: z.boolean().describe('Others go when fifty newer ones have ended'),
  by: z.string(),
  created_ms: instant.describe('Wall time'),
  ended_ms: instant.nullable(),
  replications: z.number().int(),
  policies: z.array(z.string()),
  pack_version: z.string(),
});
export type HeadDocument = z.infer<typeof headSchema>;

const figure = z.object({
  mean: z.number(),
  half_width: z.number().nullable().describe('Of the interval at 95 %; null with one day alone'),
});
const figures = z.record(z.string(), z.record(z.string(), figure)).describe('By policy and indicator');
export type Figures = z.infer<typeof figures>;

export const runSchema = headSchema.extend({
  scenario: z.record(z.string(), z.unknown()).describe('As it can be posted again'),
  baseline: z.string(),
  days_done: z.number().int(),
  days: z.number().int(),
  means: figures,
  differences: figures.describe('Of the other policies to the baseline, on the same days'),
  replay: z.boolean().describe('A past day with what was measured on it'),
  happened: z
    .record(z.string(), z.number())
    .nullable()
    .describe('Of a past day that is run again with what was measured: indicators of live operation'),
});
export type RunDocument = z.infer<typeof runSchema>;

export const comparisonSchema = z.object({
  runs: z.array(runSchema),
  differences: z
    .record(z.string(), figures)
    .describe('By run: of its policies to those of the same name in the first run, where both drew the same days'),
});
export type ComparisonDocument = z.infer<typeof comparisonSchema>;

const named = z.object({ id: z.string(), name: z.string() });
export const vocabularySchema = z.object({
  day: z.iso.date(),
  venues: z.array(named),
  lines: z.array(named),
  feeders: z.array(named),
  batteries: z.array(named.extend({ capacity_kwh: z.number(), power_kw: z.number() })).describe('By venue'),
  counters: z.array(z.object({ venue: z.string(), point: z.string() })),
  assets: z.array(z.object({ venue: z.string(), asset: z.string() })).describe('That may be out of order'),
  sessions: z.array(named.extend({ venue: z.string(), start_ms: instant, end_ms: instant })),
  vehicles: z.number().int(),
});
export type Vocabulary = z.infer<typeof vocabularySchema>;

export const readySchema = z.object({
  scenarios: z.array(z.object({ name: z.string(), scenario: z.record(z.string(), z.unknown()) })),
});

/** Without differences of which no pair of days is done yet. */
export const figuresDocument = (by: Readonly<Record<string, Readonly<Record<string, Figure | Comparison>>>>): Figures =>
  Object.fromEntries(
    Object.entries(by).map(([policy, of]) => [
      policy,
      Object.fromEntries(
        Object.entries(of)
          .filter(([, { mean }]) => Number.isFinite(mean))
          .map(([indicator, { mean, half_width = null }]) => [indicator, { mean, half_width }]),
      ),
    ]),
  );

export const headDocument = (run: SimulationRun, scenario: Scenario): HeadDocument => ({
  id: run.id,
  title: run.title,
  day: scenario.day,
  state: run.state,
  progress: run.progress,
  failure: run.failure,
  kept: run.kept,
  by: run.by,
  created_ms: run.created,
  ended_ms: run.ended,
  replications: run.replications,
  policies: Object.keys(scenario.policies),
  pack_version: run.packVersion,
});
