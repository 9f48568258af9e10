import { ReduceDataOptionsBuilder } from "@grafana/grafana-foundation-sdk/common";
import { DashboardBuilder, DatasourceVariableBuilder, RowBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as GraphBuilder } from "@grafana/grafana-foundation-sdk/timeseries";

/** A question to Prometheus and what a line of its answer is called; by default by the labels that it sums by. */
export type Query = { readonly expr: string; readonly legend?: string };

/** Something to look at. `unit` is one of Grafana's, such as `s`, `bytes`, `percentunit`, `short`. */
export type Panel = {
  readonly kind: "graph" | "number";
  readonly title: string;
  readonly unit: string;
  readonly queries: readonly Query[];
  /** What it tells, for a reader who sees it for the first time. */
  readonly says: string;
};
/** Panels beside each other, under a title. */
export type Row = { readonly title: string; readonly panels: readonly Panel[] };
/** A dashboard. */
export type Board = {
  /** File name and Grafana's own id. */
  readonly name: string;
  readonly title: string;
  readonly says: string;
  readonly from: string;
  readonly rows: readonly Row[];
};

const source = { type: "prometheus", uid: "$" + "{datasource}" };
const full = 24;

/** As in `{{service}} {{status}}`. */
function labelsOf(expr: string): string {
  const labels = / by \(([^)]*)\)/.exec(expr)?.[1]?.split(", ") ?? [];
  return labels.flatMap((label) => (label === "le" ? [] : [`{{${label}}}`])).join(" ");
}

function target({ expr, legend = labelsOf(expr) }: Query, at: number): DataqueryBuilder {
  return new DataqueryBuilder()
    .expr(expr)
    .legendFormat(legend)
    .refId(String.fromCharCode(65 + at))
    .datasource(source);
}

function drawn({ kind, title, unit, queries, says }: Panel, width: number): GraphBuilder | StatBuilder {
  const panel =
    kind === "graph"
      ? new GraphBuilder().height(8).min(0).fillOpacity(10)
      : new StatBuilder().height(4).reduceOptions(new ReduceDataOptionsBuilder().calcs(["lastNotNull"]));
  return panel.title(title).description(says).unit(unit).span(width).datasource(source).targets(queries.map(target));
}

/** A dashboard as Grafana reads it, the same text each time. */
export function dashboardJson({ name, title, says, from, rows }: Board): string {
  const builder = new DashboardBuilder(title)
    .uid(name)
    .description(says)
    .tags(["gorder"])
    .time({ from, to: "now" })
    .refresh("30s")
    .timezone("browser")
    .withVariable(new DatasourceVariableBuilder("datasource").type("prometheus").label("Prometheus"));
  let id = 0;
  const next = () => {
    id += 1;
    return id;
  };
  for (const row of rows) {
    builder.withRow(new RowBuilder(row.title).id(next()));
    const width = Math.max(Math.floor(full / row.panels.length), 4);
    for (const panel of row.panels) builder.withPanel(drawn(panel, width).id(next()));
  }
  return `${JSON.stringify(builder.build(), null, 2)}\n`;
}

/** Lines over time. */
export function graph(title: string, unit: string, says: string, ...queries: readonly Query[]): Panel {
  return { kind: "graph", title, unit, queries, says };
}

/** One number, as it is at the end of the time shown. */
export function number(title: string, unit: string, says: string, expr: string): Panel {
  return { kind: "number", title, unit, queries: [{ expr, legend: "" }], says };
}

/** Half, 95 and 99 of a hundred stayed below; from a histogram's buckets, given by name with their labels. */
export function quantiles(buckets: string): Query[] {
  return [0.5, 0.95, 0.99].map((share) => ({
    expr: `histogram_quantile(${share}, sum by (le) (rate(${buckets}[$__rate_interval])))`,
    legend: `${share * 100} %`,
  }));
}
