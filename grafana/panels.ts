import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  StackingMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
  TooltipDisplayMode,
} from '@grafana/grafana-foundation-sdk/common';
import { type Threshold, ThresholdsConfigBuilder, ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Query } from './queries.js';

export interface PanelText {
  readonly title: string;
  /** What it shows and what to do about it: the text behind the panel's "i". */
  readonly description: string;
  /** A unit id of Grafana. */
  readonly unit: string;
}

const HEIGHT = 8;
const LETTERS = 'ABCDEFGH';

const targets = (queries: readonly Query[]) => queries.map((query, index) => query(LETTERS.charAt(index)));

/** Green below `amber`, red from `red` on. */
export const rising = (amber: number, red: number): ThresholdsConfigBuilder =>
  new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
    { value: null, color: 'green' },
    { value: amber, color: 'orange' },
    { value: red, color: 'red' },
  ] satisfies Threshold[]);

/** Lines over time, three to a row. */
export const timeseries = (text: PanelText, queries: readonly Query[]): TimeseriesBuilder =>
  new TimeseriesBuilder()
    .title(text.title)
    .description(text.description)
    .unit(text.unit)
    .height(HEIGHT)
    .span(8)
    .lineWidth(1)
    .fillOpacity(8)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .targets(targets(queries));

/** Draws the thresholds as dashed lines. */
export const withLimits = (panel: TimeseriesBuilder, limits: ThresholdsConfigBuilder): TimeseriesBuilder =>
  panel
    .thresholds(limits)
    .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));

/** Stacks the lines into their sum. */
export const stacked = (panel: TimeseriesBuilder): TimeseriesBuilder =>
  panel.fillOpacity(30).stacking(new StackingConfigBuilder().mode(StackingMode.Normal));

/** The latest number of each query, large; six to a row. */
export const stat = (text: PanelText, queries: readonly Query[]): StatBuilder =>
  new StatBuilder()
    .title(text.title)
    .description(text.description)
    .unit(text.unit)
    .height(4)
    .span(4)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false))
    .targets(targets(queries));
