import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { postgresqlSource, prometheusSource } from './datasources.js';

/** A query that is given its letter by the panel it stands in. */
export type Query = (refId: string) => Builder<Dataquery>;

/** PromQL over the panel's time range. `legend` may name labels: `{{venue}}`. */
export const promql =
  (expr: string, legend: string): Query =>
  (refId) =>
    new DataqueryBuilder().datasource(prometheusSource).refId(refId).expr(expr).range().legendFormat(legend);

/** PromQL at the end of the panel's time range only. */
export const promqlNow =
  (expr: string, legend: string): Query =>
  (refId) =>
    new DataqueryBuilder().datasource(prometheusSource).refId(refId).expr(expr).instant().legendFormat(legend);

interface SqlDataquery extends Dataquery {
  readonly refId: string;
  readonly datasource: typeof postgresqlSource;
  readonly editorMode: 'code';
  readonly rawQuery: true;
  readonly format: 'time_series' | 'table';
  readonly rawSql: string;
}

/** SQL for Grafana's PostgreSQL data source, with its macros. `time_series` wants columns `time`, `metric` and a number. */
export const sql =
  (format: SqlDataquery['format'], rawSql: string): Query =>
  (refId) => ({
    build: (): SqlDataquery => ({
      refId,
      datasource: postgresqlSource,
      editorMode: 'code',
      rawQuery: true,
      format,
      rawSql: rawSql.trim(),
      // A marker of the SDK's types; a function, so it never reaches the JSON.
      _implementsDataqueryVariant: () => undefined,
    }),
  });
