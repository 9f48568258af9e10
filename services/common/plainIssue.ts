import { z } from "zod";

const kinds: Readonly<Record<string, string>> = {
  string: "must be text",
  number: "must be a number",
  int: "must be a whole number",
  array: "must be a list",
  object: "must be an object with names and values",
  boolean: "must be true or false",
};

const formats: Readonly<Record<string, string>> = {
  url: "must be a whole address, such as http://localhost:8080",
  datetime: "must be a time such as 2026-01-31T18:00:00Z",
};

const units: Readonly<Record<string, string>> = { string: " characters", array: " items" };

/**
 * What is wanted in place of what was found, in words for who set it: the validator's own speak to programmers. Never
 * shows a value, which may be a secret. @returns undefined for what it has no better words for.
 */
export function plainIssue(issue: z.core.$ZodRawIssue): string | undefined {
  const { code, origin = "" } = issue;
  const unit = units[String(origin)] ?? "";
  if (code === "invalid_type") return issue.input === undefined ? "is missing" : kinds[String(issue.expected)];
  if (code === "too_small") return `must be ${unit === "" ? "" : "of "}at least ${issue.minimum}${unit}`;
  if (code === "too_big") return `must be ${unit === "" ? "" : "of "}at most ${issue.maximum}${unit}`;
  if (code === "invalid_value") return `must be ${(issue.values as readonly unknown[]).join(" or ")}`;
  if (code === "unrecognized_keys") return `there is no such thing as ${(issue.keys as readonly string[]).join(", ")}`;
  return code === "invalid_format" ? formats[String(issue.format)] : undefined;
}

/** Each finding in a line of its own, after the name of what it is about; `what` names what has no name. */
export function findingLines({ issues }: z.core.$ZodError, what: string): string {
  return issues.map(({ path, message }) => `  ${z.core.toDotPath(path) || what}: ${message}`).join("\n");
}
