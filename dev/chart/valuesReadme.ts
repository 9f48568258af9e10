import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from "yaml";
import { chart } from "./render.ts";

/** The chart's page for people, as Helm and Artifact Hub show it. */
export const readme = join(chart, "README.md");

const head = `# Gorder's chart

An order system of five services, each with a Dapr sidecar, from a web page to a finished meal.
This page is made of \`values.yaml\` by \`npm run k8s:check -- --write\`; a test holds it fresh.

\`\`\`sh
helm install gorder helm/ -n shop --create-namespace -f values.yaml   # begin with examples/production.yaml
\`\`\`

- It needs a cluster of Kubernetes 1.30 or newer with [Dapr](https://dapr.io), and the addresses of MongoDB, MySQL, Redis and
  RabbitMQ; \`examples/development.yaml\` brings servers to try it with.
- Wrong values are refused by their names before anything is installed. Nothing is looked up to decide that, so \`helm template\`
  and Argo CD render it as Helm does: give the secrets that it would make (\`session\`, \`appToken\`, \`apiToken\`,
  \`staffSession\`), or \`generatedSecrets.seed\`.
- One release in a namespace: Dapr knows services by names that are a namespace's (\`order\`, \`stock\`), and so do its components.
  A second shop is a second namespace. \`fullnameOverride\` gives the other objects names of their own beside what else is there.
- \`helm install\` and \`helm upgrade\` look whether another release has those components, and refuse to be the second one. Who
  renders without the cluster (\`helm template\`, Argo CD) sees nothing
  there and refuses nothing: **then two releases in a namespace take each other's components, queues and calls**, and it is on
  you to keep them apart.
- Without KEDA every service is scaled by its CPU (\`defaults.autoscaling\`), the kitchen and payment too, and **waiting uses
  none**: a kitchen whose cooks are all busy and a queue that grows bring no pod. Set \`keda.enabled\`, and for the kitchen
  \`keda.prometheusUrl\`; or give \`kitchen.autoscaling.minReplicas\` and \`kitchen.cooks\` what the busiest hour needs.
- \`files/topology.yaml\` says who may call whom; Dapr's access policy and the network policies are made of it.

## Values
`;

type Entry = Pair<{ value: string; commentBefore?: string | null }, unknown>;

/** A comment's paragraphs, each on one line. */
function paragraphs(comment: string | null | undefined): string[] {
  return (comment ?? "")
    .split(/\n\s*\n/)
    .map((text) =>
      text
        .split("\n")
        .map((line) => line.trim())
        .join(" ")
        .trim(),
    )
    .filter((text) => text !== "");
}

const cell = (text: string) => text.replaceAll("|", "\\|");

function row(path: string, value: string, meaning: string): string {
  return `| \`${path}\` | ${value === "" ? "" : `\`${cell(value)}\``} | ${cell(meaning)} |`;
}

/** The rows of a map's values, the nested ones after what is said of their map; the first one's comment is the map's. */
function rowsOf(entries: readonly Entry[], path: string, first?: string | null): string[] {
  return entries.flatMap(({ key, value }, at) => {
    const here = path === "" ? key.value : `${path}.${key.value}`;
    const said = paragraphs(key.commentBefore ?? (at === 0 ? first : undefined)).at(-1) ?? "";
    const meaning = said.startsWith("---") ? "" : said;
    if (!isMap(value) || value.items.length === 0) return [row(here, JSON.stringify(plain(value)), meaning)];
    return [
      ...(meaning === "" ? [] : [row(here, "", meaning)]),
      ...rowsOf(value.items as unknown as Entry[], here, value.commentBefore),
    ];
  });
}

function plain(value: unknown): unknown {
  return isScalar(value) ? value.value : ((value as { toJSON?: () => unknown } | null)?.toJSON?.() ?? value);
}

const tableHead = "| Value | Default | Meaning |\n| --- | --- | --- |";
/** A section's first paragraph: "--- name ---", and perhaps what is said of the whole section. */
const section = /^-{3} (.+?) -{3,}\s*(.*)$/s;

/** The heading of the section that a value begins, if it begins one. */
function headingOf(said: readonly string[]): string[] {
  const at = said.findIndex((text) => section.test(text));
  const [, title = "", intro = ""] = section.exec(said[at] ?? "") ?? [];
  if (at < 0) return [];
  // The last paragraph is about the value itself.
  const paragraphs = [intro, ...said.slice(at + 1, -1)].filter((text) => text !== "");
  return [
    "",
    `### ${title[0]?.toUpperCase()}${title.slice(1)}`,
    "",
    ...paragraphs.flatMap((text) => [text, ""]),
    tableHead,
  ];
}

/** The page, of the text of a values.yaml whose sections begin with a comment line of dashes. */
export function valuesReadme(yaml: string): string {
  const root = parseDocument(yaml).contents as YAMLMap;
  const lines = (root.items as unknown as Entry[]).flatMap((item) => [
    ...headingOf(paragraphs(item.key.commentBefore)),
    ...rowsOf([item], ""),
  ]);
  return `${[head, tableHead, ...lines].join("\n")}\n`;
}

/** Writes it beside the values. */
export function writeReadme(): void {
  writeFileSync(readme, valuesReadme(readFileSync(join(chart, "values.yaml"), "utf8")));
}
