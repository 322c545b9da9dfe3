import { formatTable } from '../../output.js';
import { type EnergyFigures, type EnergyTimes, totalMs } from './energy-bench.js';

/** As many as somebody reads at once. */
const FINDINGS_SHOWN = 20;

const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

const timesDocument = (times: EnergyTimes) => ({
  sites: times.sites,
  build_ms: round(times.buildMs),
  solve_ms: round(times.solveMs),
  read_ms: round(times.readMs),
  run_ms: round(times.runMs),
  highs_alone_ms: round(times.aloneMs),
  ratio_to_highs: round(totalMs(times) / times.aloneMs, 3),
  ratio_to_run: round(totalMs(times) / times.runMs, 3),
  rss_mb: round(times.rssMb),
});

/** The figures under the names that others read. */
export const energyDocument = (figures: EnergyFigures) => {
  const { flags, times, size, commitment, findings } = figures;
  return {
    ...timesDocument(times),
    slots: flags.slots,
    seed: flags.seed,
    total_ms: round(totalMs(times)),
    ...size,
    warm_ms: round(figures.warmMs),
    cold_ms: round(figures.coldMs),
    ratio_to_cold: round(figures.warmMs / figures.coldMs, 3),
    commitment_sites: commitment.sites,
    commitment_machines: commitment.machines,
    commitment_status: commitment.solve.status,
    commitment_gap_ratio: commitment.solve.gap === null ? null : round(commitment.solve.gap, 6),
    commitment_ms: round(commitment.ms),
    commitment_whole_gap_ratio: commitment.wholeGap === null ? null : round(commitment.wholeGap, 6),
    commitment_whole_ms: round(commitment.wholeMs),
    findings_count: findings.length,
    findings: findings.slice(0, FINDINGS_SHOWN),
    growth: figures.growth.map(timesDocument),
  };
};

/** For people: the figures, and how they grow with the sites. */
export const energyTable = (figures: EnergyFigures): string => {
  const { growth, ...document } = energyDocument(figures);
  const rows = Object.entries(document).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null ? [] : [[name, value === null ? '-' : String(value)]],
  );
  const names = Object.keys(growth[0] ?? {});
  return [
    formatTable(['figure', 'value'], rows),
    formatTable(
      names,
      growth.map((times) => Object.values(times).map(String)),
    ),
  ].join('\n\n');
};

/** What did not come out right, in a line. */
export const findEnergyFault = ({ findings: [first, ...others], commitment }: EnergyFigures): string | undefined => {
  if (first !== undefined) return `The plan is not possible, ${others.length + 1} findings: ${first}`;
  return commitment.solve.failure ?? undefined;
};
