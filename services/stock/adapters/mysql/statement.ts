import type { DatabaseCall } from "#common/conventions";

const table = /\b(?:FROM|INTO|UPDATE|TABLE)\s+`?(\w+)`?/i;

/** What a statement does, and to which table: never its values. */
export function describeStatement(sql: string): DatabaseCall {
  const [operation = ""] = /\w+/.exec(sql) ?? [];
  return { system: "mysql", operation: operation.toUpperCase(), collection: table.exec(sql)?.[1] };
}
