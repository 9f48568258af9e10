import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { apps, deployed, hasGrpc, isFront } from "../services.ts";
import { settings } from "../settings.ts";
import { root } from "../stack/parts/services.ts";
import { portsFrom } from "../stack/ports.ts";
import { runFiles } from "./files.ts";

type Container = {
  readonly network_mode?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly command?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
};

const read = (path: string) => readFileSync(join(root, path), "utf8");
const { services: containers } = parse(read("compose.yaml")) as { services: Record<string, Container> };
const ports = portsFrom({});
const expected = runFiles();

test.each(Object.keys(expected))("%s is made of what the stack starts (else: npm run compose)", (path) => {
  expect(read(path)).toBe(expected[path]);
});

describe("compose.yaml", () => {
  test("has a container for each service, and one for its sidecar in the same network", () => {
    for (const name of apps) {
      expect([name, containers[name]?.network_mode]).toEqual([name, "service:loopback"]);
      expect(containers[`${name}-dapr`]?.network_mode).toBe("service:loopback");
      expect(containers[`${name}-dapr`]?.command).toContain(`--app-id=${name}`);
      expect(containers[`${name}-dapr`]?.volumes).toContain("./components:/gorder/dapr/resources:ro");
    }
  });

  test("serves people at the stack's own ports, and nobody beyond this machine", () => {
    const published = Object.values(containers).flatMap((container) => container.ports ?? []);
    expect(published.filter((port) => !port.startsWith("127.0.0.1:"))).toEqual([]);
    const outside = published.map((port) => Number(port.split(":")[1])).sort((a, b) => a - b);
    const ours = apps.flatMap((name) => [
      ...(isFront(name) ? [ports[name]] : []),
      ...(hasGrpc(name) ? [ports[`${name}-grpc`]] : []),
    ]);
    const others = (["standin", "oidc", "rabbitmq", "rabbitmq-management", "redis"] as const).map(
      (name) => ports[name],
    );
    const more = (["mysql", "mongodb", "consul", "zipkin"] as const).map((name) => ports[name]);
    expect(outside).toEqual([...ours, ...others, ...more].sort((a, b) => a - b));
  });

  test("gives each service settings that it takes", () => {
    for (const name of apps) {
      const { error } = settings[name].safeParse(containers[name]?.environment);
      expect([name, error?.issues]).toEqual([name, undefined]);
    }
  });

  test("names no server that has no container, and none by a port that it does not listen on", () => {
    const told = Object.values(containers).flatMap(({ environment = {} }) =>
      Object.values(environment).flatMap((value) => [...value.matchAll(/(?:\/\/|@)([a-z][\w.-]*):(\d+)/g)]),
    );
    const inside = (name: string) => (containers[name]?.ports ?? []).map((port) => port.split(":")[2]);
    const servers = told.filter(([, host]) => host !== "localhost");
    expect(servers.length).toBeGreaterThan(10);
    for (const [address, host = "", port] of servers)
      expect([address, inside(host)]).toEqual([address, expect.arrayContaining([port])]);
  });

  test("waits for servers that are there, by a question that they answer", () => {
    const waits = Object.values(containers).flatMap(({ depends_on = {} }) => Object.entries(depends_on));
    expect(waits.length).toBeGreaterThan(10);
    for (const [name, { condition }] of waits) {
      const asked = "healthcheck" in (containers[name] ?? {});
      expect([name, condition]).toEqual([name, asked ? "service_healthy" : "service_started"]);
    }
  });
});

describe("dapr.yaml", () => {
  type Template = { apps: { appID: string; env: Record<string, string>; command: string[] }[] };
  const template = parse(read("dapr.yaml")) as Template;

  test("starts each service with settings that it takes, and the two that play somebody else", () => {
    expect(template.apps.map(({ appID }) => appID).sort()).toEqual(["oidc", "standin", ...apps].sort());
    for (const name of apps) {
      const env = template.apps.find(({ appID }) => appID === name)?.env;
      const { error } = settings[name].safeParse({ ...env, APP_PORT: String(ports[`${name}-app`]) });
      expect([name, error?.issues]).toEqual([name, undefined]);
    }
  });

  test("knows no folder of the machine that it was made on", () => {
    for (const path of Object.keys(expected)) expect(expected[path]).not.toContain(root);
  });
});

test("the devcontainer forwards what people look at", () => {
  const { forwardPorts } = JSON.parse(read(".devcontainer/devcontainer.json")) as { forwardPorts: number[] };
  const fronts = deployed.filter((name) => name !== "page" && isFront(name)).map((name) => ports[name as "order"]);
  const looked = (["standin", "oidc", "consul", "zipkin", "rabbitmq-management"] as const).map((name) => ports[name]);
  expect(forwardPorts).toEqual([...fronts, ...looked].sort((a, b) => a - b));
});
