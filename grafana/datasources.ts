import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';

/** The data sources of `provisioning/datasources`, by their fixed uid. */
export const prometheusSource: DataSourceRef = { type: 'prometheus', uid: 'venueflow-prometheus' };
export const postgresqlSource: DataSourceRef = {
  type: 'grafana-postgresql-datasource',
  uid: 'venueflow-postgresql',
};
