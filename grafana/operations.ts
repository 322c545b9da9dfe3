import { DashboardCursorSync, defaultDashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { layOut, type Section } from './layout.js';
import { alarmPanels } from './sections/alarms.js';
import { energyPanels } from './sections/energy.js';
import { ingestPanels } from './sections/ingest.js';
import { planPanels } from './sections/plans.js';
import { summaryPanels } from './sections/summary.js';
import { transportPanels } from './sections/transport.js';

/** In the order in which an operator asks: is it well, do the plans come, energy, transport, data, alarms. */
const sections: readonly Section[] = [
  { title: 'Now', panels: summaryPanels },
  { title: 'Plans', panels: planPanels },
  { title: 'Energy', panels: energyPanels },
  { title: 'Transport', panels: transportPanels },
  { title: 'Data', panels: ingestPanels },
  { title: 'Alarms and cycles', panels: alarmPanels },
];

/**
 * The dashboard "Operations", in the classic schema that every Grafana since 9 provisions from a file.
 * PromQL panels are in wall time, SQL panels of readings in event time; at speed 1 they are the same.
 */
export const operationsDashboard = () => ({
  ...defaultDashboard(),
  uid: 'venueflow-operations',
  title: 'Operations',
  description: 'Plans, energy, transport and data of the running event.',
  tags: ['venueflow'],
  editable: false,
  time: { from: 'now-6h', to: 'now' },
  refresh: '10s',
  graphTooltip: DashboardCursorSync.Crosshair,
  panels: layOut(sections),
});
