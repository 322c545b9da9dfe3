import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { defaultGridPos, type Panel, RowBuilder, type RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';

export interface Section {
  readonly title: string;
  readonly panels: () => readonly Builder<Panel>[];
}

/** Grafana's grid. */
const COLUMNS = 24;

/** Panels of each section under its row, from left to right at their own width and height, with ids in reading order. */
export const layOut = (sections: readonly Section[]): (Panel | RowPanel)[] => {
  const placed: (Panel | RowPanel)[] = [];
  let y = 0;
  for (const { title, panels } of sections) {
    const row = new RowBuilder(title).build();
    placed.push({ ...row, id: placed.length + 1, gridPos: { x: 0, y, w: COLUMNS, h: 1 } });
    y += 1;
    let x = 0;
    let lineHeight = 0;
    for (const builder of panels()) {
      const panel = builder.build();
      const { w, h } = panel.gridPos ?? defaultGridPos();
      if (x + w > COLUMNS) {
        x = 0;
        y += lineHeight;
        lineHeight = 0;
      }
      placed.push({ ...panel, id: placed.length + 1, gridPos: { x, y, w, h } });
      x += w;
      lineHeight = Math.max(lineHeight, h);
    }
    y += lineHeight;
  }
  return placed;
};
