import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { chart } from "./render.ts";
import { readme, valuesReadme } from "./valuesReadme.ts";

test("the chart's page says what its values say (else: npm run k8s:check -- --write)", () => {
  expect(readFileSync(readme, "utf8")).toBe(valuesReadme(readFileSync(join(chart, "values.yaml"), "utf8")));
});

test("each value has a row with its path, its default and what is said of it; sections have headings", () => {
  const page = valuesReadme(`# Head of the file.

# Where it is found.
url: ""

# --- pods ---------------
# All of them.

# Labels | and more.
labels: {}
order:
  # How many.
  replicas: 2
`);
  const [, table] = page.split("## Values\n");
  expect(table).toBe(`
| Value | Default | Meaning |
| --- | --- | --- |
| \`url\` | \`""\` | Where it is found. |

### Pods

All of them.

| Value | Default | Meaning |
| --- | --- | --- |
| \`labels\` | \`{}\` | Labels \\| and more. |
| \`order.replicas\` | \`2\` | How many. |
`);
});
