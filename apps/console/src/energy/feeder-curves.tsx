import type { Overview } from '../api/wire.js';
import { LOADING_WORDS, loadingLevel } from '../controls/level.js';
import { StateWord } from '../controls/state-word.js';
import { formatSoon } from '../format/civil-time.js';
import { formatPower, formatShare } from '../format/quantity.js';
import { type Curve, type Timeline } from './curve.js';
import { CurveRow, TimeAxis } from './curve-row.js';
import { CurveTable } from './curve-table.js';
import { feederTree, worstSlot } from './feeder-tree.js';
import type { Names } from './names.js';
import type { EnergyPlan, Measured } from './wire.js';

interface FeederCurvesProps {
  readonly plan: EnergyPlan;
  readonly measured: Measured;
  readonly overview: Overview;
  readonly timeline: Timeline;
  readonly names: Names;
}

/** Feeders as they hang on each other: loaded now, and over the day against their limits. */
export const FeederCurves = ({ plan, measured, overview, timeline, names }: FeederCurvesProps) => {
  const { now } = timeline;
  const zone = overview.event.time_zone;
  const slotNow = Math.floor((now - plan.start_ms) / plan.slot_ms);
  return (
    <section className="panel two-thirds" aria-labelledby="energy-feeders">
      <header>
        <h2 id="energy-feeders">Feeders</h2>
        <span className="aside muted">line: measured · dashed: plan · red: limit</span>
      </header>
      <ul className="curves feeders">
        {feederTree(plan.feeders).map(({ feeder, depth }) => {
          const { feeder: id, parent, limit_kw: limits, load_kw: planned } = feeder;
          const live = overview.feeders.find((entry) => entry.id === id)?.load_kw ?? null;
          const limit = limits[slotNow] ?? limits.at(-1) ?? 0;
          const level = loadingLevel(live === null ? null : Math.abs(live) / limit);
          const worst = worstSlot(planned, limits, plan, now);
          const curve: Curve = {
            ...{ name: names.feeder(id), unit: 'kW', live, planned, upper: limits, lower: limits },
            past: measured.feeders.find((entry) => entry.feeder === id)?.load_kw ?? [],
          };
          return (
            <CurveRow key={id} of={`Power through ${names.feeder(id)}`} curve={curve} timeline={timeline} zone={zone}>
              <div style={{ paddingLeft: `${depth * 12}px` }}>
                <strong>{names.feeder(id)}</strong>
                {parent !== null && <span className="muted"> on {names.feeder(parent)}</span>}
                <br />
                <StateWord level={level}>
                  {live === null
                    ? LOADING_WORDS.none
                    : `${formatPower(live)} of ${formatPower(limit)} kW, ${LOADING_WORDS[level]}`}
                </StateWord>
                {worst && (
                  <p className={worst.isOver ? 'problem' : 'muted'}>
                    Worst ahead: {formatPower(worst.load)} of {formatPower(worst.limit)} kW ({formatShare(worst.ratio)}){' '}
                    at {formatSoon(zone, worst.at, now)}
                  </p>
                )}
              </div>
            </CurveRow>
          );
        })}
        <TimeAxis timeline={timeline} zone={zone} />
      </ul>
      <CurveTable
        of="the feeders"
        timeline={timeline}
        zone={zone}
        curves={plan.feeders.map(({ feeder, load_kw: planned }) => ({
          ...{ name: names.feeder(feeder), unit: 'kW', live: undefined, planned },
          past: measured.feeders.find((entry) => entry.feeder === feeder)?.load_kw ?? [],
        }))}
      />
    </section>
  );
};
