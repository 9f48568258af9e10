import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";
import { queues } from "#common/deadLetters/queues";
import { type ComponentSettings, layOutComponents, queueTypeFrom } from "./components.ts";
import type { Context } from "./parts/context.ts";
import { daprd } from "./parts/daprd.ts";
import { portsFrom } from "./ports.ts";
import { loadSecrets } from "./secrets.ts";

const source = join(import.meta.dirname, "..", "..", "components");
const files = readdirSync(source);

const resourceSchema = z.looseObject({
  kind: z.string(),
  scopes: z.array(z.string()).optional(),
  spec: z.looseObject({
    topic: z.string().optional(),
    routes: z.object({ default: z.string() }).optional(),
    metadata: z.unknown().optional(),
    bulkSubscribe: z
      .object({ enabled: z.boolean(), maxMessagesCount: z.number(), maxAwaitDurationMs: z.number() })
      .optional(),
  }),
});
/** A component's settings; a subscription's metadata is none. */
const settingsSchema = z.array(z.object({ name: z.string(), value: z.string().optional() })).catch([]);

const resources = files.map((file) => ({
  file,
  ...resourceSchema.parse(parse(readFileSync(join(source, file), "utf8"))),
}));
const subscriptions = resources.filter(({ kind }) => kind === "Subscription");
const settings = settingsSchema.parse(resources.find(({ file }) => file === "pubsub.yaml")?.spec.metadata);

function scopesOf(setting: string): string[] {
  const value = settings.find(({ name }) => name === setting)?.value ?? "";
  return value.split(";").flatMap((entry) => {
    const [app, topics = ""] = entry.split("=");
    return topics.split(",").map((topic) => `${app} ${topic}`);
  });
}

describe("the components", () => {
  test.each(files)("%s holds one document: a sidecar overlooks a resiliency that shares its file", (file) => {
    expect(parseAllDocuments(readFileSync(join(source, file), "utf8"))).toHaveLength(1);
  });

  test("each name the apps that may use them", () => {
    const open = resources.filter(({ kind, scopes }) => kind !== "Configuration" && (scopes ?? []).length === 0);
    expect(open.map(({ file }) => file)).toEqual([]);
  });

  test("name addresses and passwords by reference only", () => {
    const told = resources
      .flatMap(({ spec }) => settingsSchema.parse(spec.metadata))
      .filter(({ value }) => value !== undefined);
    expect(told.filter(({ name }) => /host|password|connection/i.test(name))).toEqual([]);
  });

  test("let every subscriber read its topic, and no one else", () => {
    const subscribed = subscriptions.flatMap(({ scopes, spec }) => (scopes ?? []).map((app) => `${app} ${spec.topic}`));
    expect(scopesOf("subscriptionScopes").sort()).toEqual(subscribed.sort());
  });

  test("lead to exactly the queues that the stack waits for, each by a route named after its topic", () => {
    const made = subscriptions.flatMap(({ scopes, spec }) => (scopes ?? []).map((app) => `${app}-${spec.topic}`));
    expect(made.sort()).toEqual([...queues].sort());
    for (const { spec } of subscriptions) expect(spec.routes?.default).toBe(`/events/${spec.topic}`);
  });
});

test("a backlog comes in batches, and a sidecar holds no more of it than the next one", () => {
  const prefetch = Number(settings.find(({ name }) => name === "prefetchCount")?.value);
  for (const { spec } of subscriptions) {
    expect(spec.bulkSubscribe).toMatchObject({ enabled: true, maxMessagesCount: 100 });
    expect(prefetch).toBeLessThanOrEqual(2 * (spec.bulkSubscribe?.maxMessagesCount ?? 0));
  }
});

test("a sidecar brings so much to its app at once and no more, here and in the cluster", () => {
  const parts = { ports: portsFrom({}, 100), secrets: { daprApiToken: "", appApiToken: "" }, programs: { daprd: "" } };
  const { args } = daprd({ ...parts, data: "/nowhere" } as unknown as Context, "order", 8080);
  const here = args?.find((arg) => arg.startsWith("--app-max-concurrency="))?.split("=")[1];
  const template = readFileSync(join(source, "..", "helm", "templates", "_dapr.tpl"), "utf8");
  expect(here).toMatch(/^\d{2,3}$/);
  expect(template).toContain(`dapr.io/app-max-concurrency: "${here}"`);
});

test("of a paid order the kitchen hears after the order service did", () => {
  const awaits = Object.fromEntries(
    subscriptions.map(({ file, spec }) => [file, spec.bulkSubscribe?.maxAwaitDurationMs]),
  );
  expect(awaits["kitchen-order-paid.yaml"]).toBeGreaterThan(
    awaits["order-order-paid.yaml"] ?? Number.POSITIVE_INFINITY,
  );
});

describe("laid out for this machine", () => {
  function laidOut(more: Partial<ComponentSettings> = {}) {
    const data = mkdtempSync(join(tmpdir(), "gorder-components-"));
    onTestFinished(() => rmSync(data, { recursive: true, force: true }));
    const context: Context = {
      data,
      ports: portsFrom({}, 100),
      secrets: loadSecrets(join(data, "secrets.json")),
      programs: {} as Context["programs"],
    };
    layOutComponents(context, { traceSampleRatio: 0.5, ...more });
    return { data, read: (...path: string[]) => readFileSync(join(data, "dapr", ...path), "utf8") };
  }

  test("the components are as they are in the repository", () => {
    const { read } = laidOut();
    for (const file of files.filter((name) => name !== "configuration.yaml")) {
      expect(read("resources", file)).toBe(readFileSync(join(source, file), "utf8"));
    }
  });

  test("with quorum queues each subscription asks for one, the broker sees to dead letters, and nothing else is different", () => {
    const [quorum, usual] = [laidOut({ queueType: queueTypeFrom({ GORDER_QUEUE_TYPE: "quorum" }) }), laidOut()];
    for (const { file, kind } of resources.filter(({ file }) => file !== "configuration.yaml")) {
      const asked: { spec: { metadata: object } } = parse(usual.read("resources", file));
      const { metadata } = asked.spec;
      if (kind === "Subscription") Object.assign(metadata, { queueType: "quorum" });
      const deadLetters = settingsSchema.parse(metadata).findIndex(({ name }) => name === "enableDeadLetter");
      if (deadLetters >= 0) Object.assign(metadata, { [deadLetters]: { name: "enableDeadLetter", value: "false" } });
      expect(parse(quorum.read("resources", file))).toEqual(asked);
    }
  });

  test("a type of queue that is none is refused by name", () => {
    expect(() => queueTypeFrom({ GORDER_QUEUE_TYPE: "stream" })).toThrow('GORDER_QUEUE_TYPE: "stream"');
    expect(queueTypeFrom({})).toBe("classic");
  });

  test("the configuration differs in its three values alone", () => {
    const before = readFileSync(join(source, "configuration.yaml"), "utf8").split("\n");
    const after = laidOut().read("configuration.yaml").split("\n");
    const changed = after.filter((line, index) => line !== before[index]).map((line) => line.trim());
    expect(changed).toEqual([
      "address: 127.0.0.1:8600 # set",
      'samplingRate: "0.5" # set',
      "endpointAddress: http://127.0.0.1:9511/api/v2/spans # set",
    ]);
  });

  test("the tests' own app is in every scope, and in none of the apps' copies", () => {
    const { read } = laidOut();
    expect(read("testapp", "pubsub.yaml")).toContain("testapp");
    expect(read("resources", "pubsub.yaml")).not.toContain("testapp");
  });
});
