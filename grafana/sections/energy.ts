import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { rising, timeseries, withLimits } from '../panels.js';
import { promql, sql } from '../queries.js';

/** Mean power of a kind of point by venue, from the quarter-hour rollup. */
const powerByVenue = (kind: string): string => `
select r.bucket as "time", p.venue as metric, r.sum / r.count as kw
from reading_15m r
join point p on p.id = r.point_id
where $__timeFilter(r.bucket) and p.kind = '${kind}'
order by 1`;

export const energyPanels = (): readonly PanelBuilder[] => [
  timeseries(
    {
      title: 'Site power',
      description: 'Power through each grid connection, as last measured.',
      unit: 'watt',
    },
    [promql('sum by (venue, direction) (venueflow_site_power_watts)', '{{venue}} {{direction}}')],
  ),
  withLimits(
    timeseries(
      {
        title: 'Feeder loading',
        description: 'Load over limit of each shared feeder. From 95 % on the plan has no reserve left.',
        unit: 'percentunit',
      },
      [promql('max by (feeder) (venueflow_feeder_loading_ratio)', '{{feeder}}')],
    ),
    rising(0.95, 1),
  ),
  timeseries(
    {
      title: 'Command outcomes',
      description:
        'Setpoints and orders a minute by what became of them. Refused and expired ones need a look at the gateway.',
      unit: 'opm',
    },
    [
      promql(
        '60 * sum by (kind, outcome) (rate(venueflow_command_outcome_total[$__rate_interval]))',
        '{{kind}} {{outcome}}',
      ),
    ],
  ),
  timeseries(
    {
      title: 'Load by venue',
      description: 'Quarter-hour means of the metered load, in event time.',
      unit: 'kwatt',
    },
    [sql('time_series', powerByVenue('load_power'))],
  ),
  timeseries(
    {
      title: 'Generation by venue',
      description: 'Quarter-hour means of photovoltaic power, in event time.',
      unit: 'kwatt',
    },
    [sql('time_series', powerByVenue('pv_power'))],
  ),
  timeseries(
    {
      title: 'Battery state of charge',
      description: 'Last value in each five minutes, in event time.',
      unit: 'percentunit',
    },
    [
      sql(
        'time_series',
        `
select $__timeGroupAlias(r.bucket, '5m'), p.venue as metric, avg(r.last) as soc
from reading_1m r
join point p on p.id = r.point_id
where $__timeFilter(r.bucket) and p.kind = 'battery_soc'
group by 1, 2
order by 1`,
      ),
    ],
  )
    .min(0)
    .max(1),
];
