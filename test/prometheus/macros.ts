const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** PromQL as Grafana would send it, for a scrape each second. */
export const expandPromql = (expr: string): string =>
  expr.replaceAll('$__rate_interval', '20s').replaceAll('$__interval', '5s');

const literal = (instant: number): string => `'${new Date(instant).toISOString()}'`;

/** SQL as Grafana's PostgreSQL data source would send it for `[from, to]`, epoch ms. Throws for a macro that is not known here. */
export const expandSql = (sql: string, from: number, to: number): string => {
  const expanded = sql
    .replaceAll(/\$__timeFilter\(([^()]+)\)/g, `$1 between ${literal(from)} and ${literal(to)}`)
    .replaceAll(
      /\$__timeGroupAlias\(([^,()]+),\s*'(\d+)([smh])'\)/g,
      (_, column: string, count: string, unit: string) => {
        const seconds = Number(count) * (SECONDS[unit] ?? Number.NaN);
        return `floor(extract(epoch from ${column}) / ${seconds}) * ${seconds} as "time"`;
      },
    )
    .replaceAll('$__timeFrom()', literal(from))
    .replaceAll('$__timeTo()', literal(to));
  const unknown = /\$__\w+/.exec(expanded);
  if (unknown) throw new Error(`The macro ${unknown[0]} is not expanded here. Add it to test/prometheus/macros.ts.`);
  return expanded;
};
