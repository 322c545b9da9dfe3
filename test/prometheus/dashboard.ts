import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const target = z.object({
  refId: z.string(),
  expr: z.string().optional(),
  instant: z.boolean().optional(),
  rawSql: z.string().optional(),
  format: z.string().optional(),
});
const dashboard = z.object({
  panels: z.array(z.object({ title: z.string(), type: z.string(), targets: z.array(target).default([]) })),
});

export interface PanelQuery extends z.infer<typeof target> {
  /** `<panel> <letter>` */
  readonly name: string;
}

/** Every query of every panel of the committed dashboard. */
export const readQueries = async (): Promise<readonly PanelQuery[]> => {
  const file = new URL('../../grafana/dashboards/operations.json', import.meta.url);
  const { panels } = dashboard.parse(JSON.parse(await readFile(file, 'utf8')));
  return panels.flatMap(({ title, targets }) =>
    targets.map((query) => ({ ...query, name: `${title} ${query.refId}` })),
  );
};
