import { z } from 'zod';

export const ledgerQuery = z.strictObject({
  days: z
    .string()
    .regex(/^\d{1,3}$/, 'give a whole number')
    .transform(Number)
    .refine((days) => days >= 1 && days <= 400, 'give 1 to 400')
    .optional(),
});
export type LedgerQuery = z.infer<typeof ledgerQuery>;

const predicted = z.object({ mean: z.number(), low: z.number(), high: z.number() });

const comparedSchema = z.object({
  predicted: predicted.nullable().describe('Mean, and the interval in which the day is to lie at 95 %'),
  happened: z.number().nullable(),
  difference: z.number().nullable().describe('What happened less the predicted mean'),
  within: z.boolean().nullable().describe('What happened lies within the predicted interval'),
});

const ledgerDaySchema = z.object({
  day: z.iso.date(),
  state: z
    .enum(['predicting', 'predicted', 'compared', 'not_live', 'not_predicted'])
    .describe(
      'predicting: its prediction is not there yet; predicted: what happens is counted an hour after its end; compared: both; not_live: too little of it was live; not_predicted: there is no prediction of it',
    ),
  timing: z
    .enum(['before', 'during', 'late'])
    .nullable()
    .describe('When the prediction was there: before the day began, during it, or after it was over'),
  predicted_ms: z.number().int().nullable().describe('Event time'),
  live_ratio: z.number().nullable().describe('The share of the day that was live, when it was counted'),
  why: z.string().nullable().describe('Why there is no prediction or no outcome'),
  indicators: z.record(z.string(), comparedSchema),
});
export type LedgerDayDocument = z.infer<typeof ledgerDaySchema>;

const accuracySchema = z.object({
  days: z.number().int(),
  mean_error: z.number().describe('What happened less what was predicted'),
  mean_absolute_error: z.number(),
  within: z.number().int().describe('Days on which what happened lay within the predicted interval'),
});

export const ledgerSchema = z.object({
  days: z.array(ledgerDaySchema).describe('Newest first'),
  confidence: z.number().describe('Of the predicted intervals'),
  accuracy: z
    .record(z.string(), accuracySchema)
    .describe('By indicator, over all days that are kept and whose prediction was not late'),
});
export type LedgerDocument = z.infer<typeof ledgerSchema>;
