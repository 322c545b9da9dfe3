import { useEffect, useState } from 'react';
import { useResource } from '../api/use-resource.js';
import type { EnergyContent, PlanGlance } from '../api/wire.js';
import type { Sample } from './trend-path.js';

/** At `--speed 60` a new plan comes every five seconds; a drawing needs it less often. */
const AT_MOST_EVERY_MS = 15_000;

/** The latest id, but a new one only after a while. */
const useSettled = (id: string): string => {
  const [settled, setSettled] = useState({ id, atMs: 0 });
  useEffect(() => {
    if (settled.id === id) return undefined;
    const wait = Math.max(0, settled.atMs + AT_MOST_EVERY_MS - Date.now());
    const timer = setTimeout(() => setSettled({ id, atMs: Date.now() }), wait);
    return () => clearTimeout(timer);
  }, [id, settled]);
  return settled.id;
};

/** Planned grid power by venue, from the energy plan's slots. */
export const usePlanned = (plan: PlanGlance): ((venue: string) => readonly Sample[]) => {
  const id = useSettled(plan.id);
  const document = useResource<{ readonly content: EnergyContent }>(`/plans/${encodeURIComponent(id)}`);
  if (document.state !== 'ready') return () => [];
  const { grid, sites } = document.value.content;
  return (venue) => {
    const site = sites.find((candidate) => candidate.site === venue);
    if (!site) return [];
    return site.import_kw.map((kw, slot) => ({
      ts: grid.start + (slot + 0.5) * grid.slotMs,
      value: kw - (site.export_kw[slot] ?? 0),
    }));
  };
};
