import { z } from 'zod';

/** A dispatch plan reaches three hours. */
const minutes = z.number().int().min(5).max(180).multipleOf(5);

/** scenario.yaml */
export const scenarioFile = z.strictObject({
  title: z.string().min(1),
  /** Folder of a Games pack, relative to the scenario. */
  pack: z.string().min(1),
  /** The civil day that is run, midnight to midnight. */
  day: z.iso.date(),
  seed: z.number().int().min(0),
  overlays: z.strictObject({
    import_limit_scale: z.number().positive().optional(),
    fleet_count: z.number().int().positive().optional(),
    attendance_scale: z.number().positive().optional(),
  }),
  /** How often each planner plans. */
  cadence: z.strictObject({ energy_minutes: minutes, dispatch_minutes: minutes }),
  /** Moves that the search of each dispatch plan may try: an effort, so that a run repeats. */
  effort: z.strictObject({ moves: z.number().int().min(0).max(1_000_000) }),
});

export type Scenario = z.infer<typeof scenarioFile>;
