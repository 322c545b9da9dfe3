import type { Venue } from '../api/wire.js';
import { assetName } from './names.js';
import type { Curve, Timeline } from './curve.js';
import type { Energy, Measured, SitePlan } from './wire.js';

/** The axis of a page: from the first measured step to the end of the plan. */
export const timelineOf = ({ plan, measured }: Energy, now: number): Timeline => {
  const slots = plan?.sites[0]?.load_kw.length ?? 0;
  return {
    from: measured.from_ms,
    now,
    to: Math.max(now + measured.step_ms, plan ? plan.start_ms + slots * plan.slot_ms : 0),
    measured: { start_ms: measured.from_ms, step_ms: measured.step_ms },
    planned: plan ? { start_ms: plan.start_ms, step_ms: plan.slot_ms } : undefined,
  };
};

const less = (more: readonly number[] = [], other: readonly number[] = []): number[] =>
  more.map((value, slot) => value - (other[slot] ?? 0));
const isUsed = (values: readonly number[] = []): boolean => values.some((value) => value !== 0);
const isMeasured = (means: readonly unknown[] = []): boolean => means.length > 0;

/** What a site asks for, makes, takes and holds, measured and planned. What it does not have is left out. */
export const siteCurves = (
  venue: Venue | undefined,
  measured: Measured['sites'][number] | undefined,
  plan: SitePlan | undefined,
): readonly Curve[] => {
  const stores = plan?.stores ?? [];
  const power = { unit: 'kW' } as const;
  const charge = { unit: '%', isAtEnd: true } as const;
  const measuredCharge = { live: venue?.battery_soc_ratio, past: measured?.soc_ratio ?? [] };
  const curves: readonly (Curve | false)[] = [
    { ...power, name: 'Load', live: venue?.load_kw, past: measured?.load_kw ?? [], planned: plan?.load_kw ?? [] },
    isUsed(plan?.unserved_kw) && {
      ...power,
      ...{ name: 'Not served', live: undefined, past: [], planned: plan?.unserved_kw ?? [] },
    },
    (isMeasured(measured?.pv_kw) || isUsed(plan?.pv_kw)) && {
      ...power,
      ...{
        name: 'Sun',
        live: venue?.pv_kw,
        past: measured?.pv_kw ?? [],
        planned: less(plan?.pv_kw, plan?.curtailed_kw),
      },
    },
    ...unitCurves(measured, plan),
    {
      ...power,
      ...{ name: 'Import', live: venue?.grid_kw, past: measured?.grid_kw ?? [] },
      planned: less(plan?.import_kw, plan?.export_kw),
      ...(plan ? { upper: plan.import_limit_kw, lower: plan.export_limit_kw } : {}),
    },
    (isMeasured(measured?.battery_kw) || stores.length > 0) && {
      ...power,
      ...{
        name: 'Battery',
        live: venue?.battery_kw,
        past: measured?.battery_kw ?? [],
        planned: plan?.battery_kw ?? [],
      },
    },
    stores.length === 0 &&
      isMeasured(measured?.soc_ratio) && { ...charge, name: 'Charge', ...measuredCharge, planned: [] },
    ...stores.map(({ store, soc_ratio }) => ({
      ...charge,
      name: store === MEASURED_STORE ? 'Charge' : assetName(store),
      ...(store === MEASURED_STORE
        ? measuredCharge
        : { live: undefined, past: measured?.stores.find((one) => one.store === store)?.soc_ratio ?? [] }),
      planned: soc_ratio,
    })),
  ];
  return curves.filter((curve) => curve !== false);
};

/** The store whose state of charge a venue measures. */
const MEASURED_STORE = 'battery';

/** Generators and machines that run at some time. */
const unitCurves = (measured: Measured['sites'][number] | undefined, plan: SitePlan | undefined): readonly Curve[] => {
  const units = new Set([...(measured?.units ?? []), ...(plan?.units ?? [])].map(({ unit }) => unit));
  return [...units].flatMap((unit) => {
    const past = measured?.units.find((one) => one.unit === unit)?.level_kw ?? [];
    const planned = plan?.units.find((one) => one.unit === unit)?.level_kw ?? [];
    if (!isUsed(planned) && past.every((kw) => kw === null || kw === 0)) return [];
    return [{ unit: 'kW' as const, name: assetName(unit), live: undefined, past, planned }];
  });
};
