import { stringify } from "yaml";
import { pins } from "../programs/pins.ts";
import { type App, apps, hasGrpc, isFront } from "../services.ts";
import { secretStore, storedSecrets } from "../stack/components.ts";
import { daprd } from "../stack/parts/daprd.ts";
import { oidcProvider } from "../stack/parts/oidc.ts";
import { root, standin } from "../stack/parts/services.ts";
import type { PortName } from "../stack/ports.ts";
import { development, environmentOf, settings } from "./development.ts";
import { images, keepSql, type ServerName, serverNames, servers, serversOf } from "./servers.ts";

const head = `# Everything for real, for who has Docker. Made by "npm run compose" of what "npm run stack" starts: not to be changed by hand.
# Our own processes share one loopback, as they do there, so that a browser and they find the OpenID provider at one address;
# the servers have containers of their own. Its passwords are known, and it listens on this machine alone: not for customers.
`;

type Container = Readonly<Record<string, unknown>>;

const folder = "/gorder";
const context = development(folder);
const always = { restart: "unless-stopped" };
const shared = { network_mode: "service:loopback", ...always };

function published(name: PortName, inside: number = context.ports[name]): string {
  return `127.0.0.1:${context.ports[name]}:${inside}`;
}

function healthy(test: readonly string[]): Container {
  return { healthcheck: { test: ["CMD", ...test], interval: "5s", timeout: "10s", retries: 30 } };
}

/** Asked by Node: our images hold no other program. */
function answering(port: number, path: string): Container {
  const script = `fetch("http://127.0.0.1:${port}${path}").then((it) => process.exit(it.ok ? 0 : 1), () => process.exit(1))`;
  return healthy(["node", "--eval", script]);
}

function server(name: ServerName): Container {
  const { ports, data, health, ...own } = servers[name];
  return {
    image: images()[name],
    ...own,
    ports: Object.entries(ports).map(([port, inside]) => published(port as PortName, inside)),
    ...(data && { volumes: [`${name}:${data}`] }),
    ...(health && healthy(health)),
    ...always,
  };
}

/** Waits until they serve, or until they run if their image has no way to ask. */
function after(names: readonly ServerName[]): Container {
  const condition = (name: ServerName) => (servers[name].health ? "service_healthy" : "service_started");
  return { depends_on: Object.fromEntries(names.map((name) => [name, { condition: condition(name) }])) };
}

/** The stack's words as a container has them: servers by their names, but for a browser, and files in the image's folder. */
function inContainer(env: Readonly<Record<string, string>>): Record<string, string> {
  const address = (name: ServerName) => `${name}:${servers[name].ports[name]}`;
  const byName = (text: string) =>
    serverNames.reduce((all, name) => all.replaceAll(`127.0.0.1:${context.ports[name]}`, address(name)), text);
  const entries = Object.entries(env).map(([name, value]) => {
    const text = name === "STAFF_TRACE_URL" ? value : byName(value);
    return [name, text.replaceAll(`${root}/`, "").replaceAll("$", "$$$$")];
  });
  return { ...Object.fromEntries(entries), HOST: "0.0.0.0" };
}

function image(service: string): Container {
  return { image: `gorder/${service}`, build: { context: ".", args: { SERVICE: service } } };
}

function app(name: App): Container {
  return {
    ...image(name),
    ...shared,
    environment: inContainer(environmentOf(context, name)),
    ...after(serversOf(name)),
    stop_grace_period: "15s",
    ...answering(context.ports[`${name}-app`], "/readyz"),
  };
}

function sidecar(name: App): Container {
  const { args, env } = daprd(context, name, context.ports[`${name}-app`]);
  return {
    image: `daprio/daprd:\${DAPR_VERSION:-${pins.daprd}}`,
    ...shared,
    command: ["./daprd", ...args, `--resources-path=${folder}/dapr/store`],
    environment: env,
    volumes: [
      `./components:${folder}/dapr/resources:ro`,
      `./components/configuration.yaml:${folder}/dapr/configuration.yaml:ro`,
    ],
    configs: [
      { source: "secretstore.yaml", target: `${folder}/dapr/store/secretstore.yaml` },
      { source: "secrets.json", target: `${folder}/dapr/secrets.json` },
    ],
    ...after(serversOf(name)),
    stop_grace_period: "15s",
  };
}

/** The two that play somebody else. */
function players(): Record<string, Container> {
  const oidc = oidcProvider(context);
  return {
    standin: {
      ...image("standin"),
      ...shared,
      environment: inContainer(standin(context, settings).env ?? {}),
      ...answering(context.ports.standin, "/healthz"),
    },
    oidc: {
      image: "gorder/oidc",
      build: { context: ".", target: "development", args: { SERVICE: "oidc", ENTRY: "dev/oidc/main.ts" } },
      command: ["node", ...oidc.args],
      ...shared,
      environment: inContainer(oidc.env ?? {}),
      ...answering(context.ports.oidc, "/.well-known/openid-configuration"),
    },
  };
}

/** What our own processes share: their network, and the ports that people know. */
function loopback(): Container {
  const names = apps.flatMap((name): PortName[] => [
    ...(isFront(name) ? [name] : []),
    ...(hasGrpc(name) ? ([`${name}-grpc`] as const) : []),
  ]);
  return {
    image: "registry.k8s.io/pause:3.10",
    ports: [...names, "standin" as const, "oidc" as const].map((name) => published(name)),
    ...always,
  };
}

/** compose.yaml, as it should be. */
export function composeFile(): string {
  const stored = JSON.parse(inContainer({ all: JSON.stringify(storedSecrets(context), null, 2) }).all ?? "") as unknown;
  const services = {
    ...Object.fromEntries(serverNames.map((name) => [name, server(name)])),
    loopback: loopback(),
    ...Object.fromEntries(
      apps.flatMap((name) => [[name, app(name)] as const, [`${name}-dapr`, sidecar(name)] as const]),
    ),
    ...players(),
  };
  const configs = {
    "keep.sql": { content: keepSql },
    "secretstore.yaml": { content: secretStore(`${folder}/dapr/secrets.json`) },
    "secrets.json": { content: `${JSON.stringify(stored, null, 2)}\n` },
  };
  const volumes = Object.fromEntries(serverNames.filter((name) => servers[name].data).map((name) => [name, {}]));
  const text = stringify(
    { name: "gorder", services, configs, volumes },
    { aliasDuplicateObjects: false, lineWidth: 0, version: "1.1" },
  );
  return head + text;
}
