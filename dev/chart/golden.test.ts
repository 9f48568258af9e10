import { expect, test } from "vitest";
import { beyond, firstDifference, masked } from "./golden.ts";

const secret = (value: string) => `apiVersion: v1
kind: Secret
metadata:
  name: api-token
type: Opaque
data:
  token: "${value}"
---
kind: Deployment
spec:
  checksum/secrets: ${value}
  replicas: 2
`;

test("secrets and checksums do not count, anything else does", () => {
  expect(masked(secret("YQ=="))).toBe(masked(secret("Yg==")));
  expect(masked(secret("YQ=="))).not.toContain("YQ==");
  expect(masked(secret("YQ=="))).toContain("replicas: 2");
});

test("what is drawn on a dashboard does not count, its object does", () => {
  const board = (title: string) => `kind: ConfigMap
metadata:
  labels:
    grafana_dashboard: "1"
data:
  shop.json: |
    {
      "title": "${title}"
    }
`;
  expect(masked(board("a"))).toBe(masked(board("b")));
  expect(masked(board("a"))).toContain("shop.json: |\n    …\n");
});

test("the first line that differs is told", () => {
  expect(firstDifference("a\nb\n", "a\nb\n")).toBeUndefined();
  expect(firstDifference("a\nb\nc\n", "a\nB\nc\n")).toBe('line 2: "b" became "B"');
  expect(firstDifference("a\n", "a\nb\n")).toBe('line 2: "" became "b"');
  expect(firstDifference("a\nb\n", "a\n")).toBe('line 2: "b" became ""');
});

test("of what builds on another rendering, only what is different remains", () => {
  expect(beyond("a: 1\n---\nb: 2\n", "a: 1\n---\nb: 3\n---\nc: 4\n")).toBe("b: 3\n---\nc: 4\n");
});
