import { type Pack, schemaFaults } from '#libs/games';
import { type Fault, fail, ok, type Result, showValue } from '#libs/kernel';
import { checkOverlays, dayWindow, type Scenario, scenarioFile } from '#libs/simulation';
import type { Feed } from '#libs/transport';

/** What one run may ask of the workers that all share; `venueflow simulate` has no such bounds. */
export const BOUNDS = { replications: 50, policies: 6, days: 120, moves: 2_000, title: 120 } as const;
const FILE = 'scenario';

const over = (path: string, value: number, bound: number, of: string): readonly Fault[] =>
  value <= bound
    ? []
    : [{ file: FILE, path, value: String(value), rule: 'maximum', message: `At most ${bound} ${of} in a run.` }];

const boundFaults = ({ title, replications, policies, effort }: Scenario): readonly Fault[] => {
  const count = Object.keys(policies).length;
  const found = [
    ...over('title', title.length, BOUNDS.title, 'characters'),
    ...over('replications', replications, BOUNDS.replications, 'drawn days'),
    ...over('policies', count, BOUNDS.policies, 'policies'),
    ...over('effort.moves', effort.moves, BOUNDS.moves, 'moves a dispatch plan'),
  ];
  return found.length > 0 ? found : over('replications', replications * count, BOUNDS.days, 'days over all policies');
};

const searchFaults = ({ search }: Scenario): readonly Fault[] =>
  search
    ? [
        {
          file: FILE,
          path: 'search',
          value: search.policy,
          rule: 'not_here',
          message: 'Leave it out: venueflow simulate --search looks for the cheapest change.',
        },
      ]
    : [];

/**
 * A scenario's document as it came, checked whole: its shape, its bounds, and its overlays on the platform's own pack, which takes the place of any that it names. So it reads no file.
 */
export const checkScenario = (
  document: Readonly<Record<string, unknown>>,
  pack: Pack,
  feed: Feed,
): Result<Scenario, readonly Fault[]> => {
  const own = { ...document, pack: pack.games.id };
  const read = scenarioFile.safeParse(own);
  if (!read.success) return fail(schemaFaults(FILE, own, read.error.issues));
  const scenario = read.data;
  const faults = [
    ...searchFaults(scenario),
    ...boundFaults(scenario),
    ...checkOverlays(pack, feed, scenario.overlays, dayWindow(scenario, pack)).map((fault) => ({
      ...fault,
      ...(fault.value !== undefined && { value: showValue(fault.value) }),
    })),
  ];
  return faults.length > 0 ? fail(faults) : ok(scenario);
};
