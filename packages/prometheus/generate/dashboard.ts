import {
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as LinesBuilder } from '@grafana/grafana-foundation-sdk/timeseries'
import type { Panel } from './panel.js'
import { panels } from './panels.js'
import { metric } from './promql.js'

/** Grafana's own placeholder, filled in from the dashboard's first variable. */
const datasource = { type: 'prometheus', uid: ['$', '{datasource}'].join('') }

/** The width of a dashboard in Grafana's grid. */
const columns = 24

/** The dashboard in Grafana's classic JSON, which every version imports. */
export function buildDashboard(): Dashboard {
  const dashboard = new DashboardBuilder('Even Keel')
    .uid('evenkeel')
    .description('Whether connections are recycled and load is even. Metrics of @evenkeel/prometheus.')
    .tags(['evenkeel', 'http'])
    .editable()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: 'now-1h', to: 'now' })
    .refresh('30s')
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'))
    .withVariable(variable('job', 'Job', `label_values(${metric('connections')}, job)`))
    .withVariable(
      variable('instance', 'Instance', `label_values(${metric('connections', 'job=~"$job"')}, instance)`),
    )
  let [x, y] = [0, 0]
  for (const [index, panel] of panels.entries()) {
    const { w, h } = panel.kind === 'stat' ? { w: 6, h: 4 } : { w: 12, h: 8 }
    dashboard.withPanel(
      builderOf(panel)
        .id(index + 1)
        .gridPos({ x, y, w, h }),
    )
    x = (x + w) % columns
    if (x === 0) y += h
  }
  return dashboard.build()
}

function variable(name: string, label: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(datasource)
    .query(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .multi(true)
    .includeAll(true)
    .allValue('.+')
    .current({ text: 'All', value: '$__all', selected: true })
}

function builderOf(panel: Panel): StatBuilder | LinesBuilder {
  const { title, description, kind, unit, decimals, queries, threshold } = panel
  const builder = kind === 'stat' ? statOf() : linesOf(kind, threshold !== undefined)
  builder.title(title).description(description).datasource(datasource).unit(unit).min(0)
  if (decimals !== undefined) builder.decimals(decimals)
  for (const [index, { expr, legend }] of queries.entries()) {
    const query = new DataqueryBuilder().refId(String.fromCharCode(65 + index)).expr(expr)
    builder.withTarget(kind === 'stat' ? query.instant() : query.range().legendFormat(legend))
  }
  const steps = [{ value: null, color: 'green' }]
  return builder.thresholds(
    new ThresholdsConfigBuilder()
      .mode(ThresholdsMode.Absolute)
      .steps(threshold === undefined ? steps : [...steps, { value: threshold, color: 'red' }]),
  )
}

function statOf(): StatBuilder {
  return new StatBuilder()
    .graphMode(BigValueGraphMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
}

function linesOf(kind: 'lines' | 'stacked', hasThreshold: boolean): LinesBuilder {
  const lines = new LinesBuilder()
    .lineWidth(1)
    .fillOpacity(kind === 'stacked' ? 40 : 0)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
  if (kind === 'stacked') lines.stacking(new StackingConfigBuilder().mode(StackingMode.Normal))
  if (hasThreshold) {
    lines.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed))
  }
  return lines
}
