import { z } from "zod";
import { type Asked, queries } from "./queries.ts";

/** A query and what came of it: how many series, or why it was not answered. */
export type Answered = Asked & { readonly series: number; readonly error?: string };

const answer = z.object({
  status: z.string(),
  error: z.string().optional(),
  data: z.object({ result: z.array(z.unknown()) }).optional(),
});

async function ask(url: string, asked: Asked): Promise<Answered> {
  const body = new URLSearchParams({ query: asked.expr });
  const response = await fetch(`${url}/api/v1/query`, { method: "POST", body, signal: AbortSignal.timeout(30_000) });
  const { error, data } = answer.parse(await response.json());
  return { ...asked, series: data?.result.length ?? 0, ...(error !== undefined && { error }) };
}

/** Asks every query of every dashboard and rule at a Prometheus. */
export async function askAll(url: string): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (const asked of queries()) answers.push(await ask(url, asked));
  return answers;
}

/** What must not be: a query that Prometheus refuses, or one about the shop that finds nothing though orders went through. */
export function faultsOf(answers: readonly Answered[]): string[] {
  return answers.flatMap(({ where, expr, error, series }) => {
    if (error !== undefined) return [`${where}: ${error} in ${expr}`];
    const aboutShop = where.startsWith("gorder-shop");
    return aboutShop && series === 0 ? [`${where}: nothing for ${expr}`] : [];
  });
}

/** One line for each dashboard and group of rules. */
export function answerLines(answers: readonly Answered[]): string[] {
  const names = [...new Set(answers.map(groupOf))];
  return names.map((name) => {
    const its = answers.filter((answered) => groupOf(answered) === name);
    const refused = its.filter(({ error }) => error !== undefined).length;
    const found = its.filter(({ series }) => series > 0).length;
    return `  ${name.padEnd(18)} ${its.length} queries: ${refused} refused, ${found} found something`;
  });
}

function groupOf({ where }: Asked): string {
  return where.split(":")[0] ?? "";
}
