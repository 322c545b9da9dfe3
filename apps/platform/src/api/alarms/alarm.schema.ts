import { z } from 'zod';
import type { Alarm } from '#libs/alarms';

export const alarmSchema = z.object({
  id: z.string(),
  priority: z.enum(['critical', 'high', 'medium', 'low']),
  text: z.string(),
  advice: z.string(),
  since_ms: z.number().int().describe('Event time'),
  acknowledged: z.object({ by: z.string(), at_ms: z.number().int() }).nullable(),
});
export type AlarmDocument = z.infer<typeof alarmSchema>;

export const alarmDocument = ({ since, acknowledged, ...alarm }: Alarm): AlarmDocument => ({
  ...alarm,
  since_ms: since,
  acknowledged: acknowledged && { by: acknowledged.by, at_ms: acknowledged.at },
});
