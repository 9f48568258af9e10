import { expect, test } from "vitest";
import { z } from "zod";
import { findingLines, plainIssue } from "#common/plainIssue";

const shape = z.strictObject({
  port: z.coerce.number().int().min(1).max(65_535),
  level: z.enum(["loud", "low"]),
  address: z.url(),
  secret: z.string().min(16),
  name: z.string(),
  since: z.iso.datetime(),
  dishes: z.array(z.string()).min(1),
});
const good = {
  port: 80,
  level: "low",
  address: "http://a",
  secret: "0123456789abcdef",
  name: "a",
  since: "2026-01-31T18:00:00Z",
  dishes: ["soup"],
};

test.each([
  [{ port: "http" }, "port: must be a number"],
  [{ port: 80.5 }, "port: must be a whole number"],
  [{ port: 0 }, "port: must be at least 1"],
  [{ port: 70_000 }, "port: must be at most 65535"],
  [{ level: "high" }, "level: must be loud or low"],
  [{ address: "nowhere" }, "address: must be a whole address, such as http://localhost:8080"],
  [{ secret: "short" }, "secret: must be of at least 16 characters"],
  [{ name: undefined }, "name: is missing"],
  [{ name: 7 }, "name: must be text"],
  [{ since: "yesterday" }, "since: must be a time such as 2026-01-31T18:00:00Z"],
  [{ dishes: "soup" }, "dishes: must be a list"],
  [{ dishes: [] }, "dishes: must be of at least 1 items"],
  [{ naem: "a" }, "settings: there is no such thing as naem"],
])("%j is answered with what is wanted, and not with what was there", (wrong, line) => {
  const { error } = shape.safeParse({ ...good, ...wrong }, { error: plainIssue });
  expect(error && findingLines(error, "settings")).toBe(`  ${line}`);
});
