import { z } from 'zod';
import { overlay } from './overlays/overlay-schema.js';

/** A dispatch plan reaches three hours. */
const minutes = z.number().int().min(5).max(180).multipleOf(5);
const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a name of small letters, digits and underscores');

/** What is compared: how shuttles and batteries are run. */
const policy = z.strictObject({
  /** `dispatch`: planned from who was counted; `dispatch_with_forecast`: and from who is expected. */
  dispatch: z.enum(['timetable', 'dispatch', 'dispatch_with_forecast']),
  /** `idle`: batteries do nothing; `rule`: they keep the import limit and take surplus sun; `planned`: as the energy plan says. */
  energy: z.enum(['idle', 'rule', 'planned']),
});

/** What is searched: the cheapest of the candidates under which a policy keeps an indicator at most at its target, on the mean of days. */
const search = z.strictObject({
  policy: name,
  target: z.strictObject({ indicator: z.string().min(1), at_most: z.number() }),
  candidates: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        /** In whatever unit: vehicles, kWh, money. */
        cost: z.number().min(0),
        overlays: z.array(overlay).max(50),
      }),
    )
    .min(1)
    .max(20),
});

/** Policies of a scenario that names none. */
export const USUAL_POLICIES = {
  without_plan: { dispatch: 'timetable', energy: 'idle' },
  planned: { dispatch: 'dispatch_with_forecast', energy: 'planned' },
} as const;

/** scenario.yaml */
export const scenarioFile = z
  .strictObject({
    title: z.string().min(1),
    /** Folder of a Games pack, relative to the scenario. */
    pack: z.string().min(1),
    /** The civil day that is run, midnight to midnight. */
    day: z.iso.date(),
    seed: z.number().int().min(0),
    /** Days that are drawn for each policy, the same for all. */
    replications: z.number().int().min(1).max(1000).default(1),
    /** How far the simulated day is from what planners expect: 0 not at all, 1 as usual. */
    mismatch: z.number().min(0).max(4).default(1),
    /** What is otherwise than in the pack. */
    overlays: z.array(overlay).max(50),
    policies: z.record(name, policy).default(USUAL_POLICIES),
    /** The policy that the others are compared with. */
    baseline: name.default('without_plan'),
    /** How often each planner plans. */
    cadence: z.strictObject({ energy_minutes: minutes, dispatch_minutes: minutes }),
    /** Moves that the search of each dispatch plan may try: an effort, so that a run repeats. */
    effort: z.strictObject({ moves: z.number().int().min(0).max(1_000_000) }),
    /** For `venueflow simulate <scenario> --search`. */
    search: search.optional(),
  })
  .refine(({ policies, baseline }) => Object.hasOwn(policies, baseline), {
    path: ['baseline'],
    error: ({ input }) => {
      const { policies } = input as { readonly policies: object };
      return `one of the policies: ${Object.keys(policies).join(', ')}`;
    },
  })
  .refine(({ policies, search: of }) => !of || Object.hasOwn(policies, of.policy), {
    path: ['search', 'policy'],
    error: ({ input }) => {
      const { policies } = input as { readonly policies: object };
      return `one of the policies: ${Object.keys(policies).join(', ')}`;
    },
  });

export type Scenario = z.infer<typeof scenarioFile>;
export type ScenarioSearch = NonNullable<Scenario['search']>;
export type Policy = z.infer<typeof policy>;
