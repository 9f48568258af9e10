import { relative } from "node:path";
import { stringify } from "yaml";
import { type App, apps } from "../services.ts";
import { configuration, secretStore, storedSecrets } from "../stack/components.ts";
import { atOnce } from "../stack/parts/daprd.ts";
import { oidcProvider } from "../stack/parts/oidc.ts";
import { root, standin } from "../stack/parts/services.ts";
import type { Part } from "../stack/supervised.ts";
import { development, environmentOf, settings } from "./development.ts";

const head = `# The services and their sidecars on this machine, by Dapr's own command. Made by "npm run compose" of what "npm run stack"
# starts: not to be changed by hand. The servers are those of compose.yaml; docs/running.md has the three commands.
`;

/** Where what only these sidecars read is, from the root of the repository. */
const folder = `${relative(root, import.meta.dirname)}/dapr`;
const context = development(folder);

type DaprApp = Readonly<Record<string, unknown>>;

const here = (text: string) => text.replaceAll(`${root}/`, "");
const variables = (env: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(env).map(([name, value]) => [name, here(value)]));

function app(name: App): DaprApp {
  const { ports } = context;
  return {
    appID: name,
    appDirPath: ".",
    appPort: ports[`${name}-app`],
    daprHTTPPort: ports[`${name}-dapr-http`],
    daprGRPCPort: ports[`${name}-dapr-grpc`],
    daprInternalGRPCPort: ports[`${name}-dapr-internal`],
    command: ["node", `dist/${name}.js`],
    env: variables(environmentOf(context, name)),
  };
}

/** One without a sidecar of its own: it gets one all the same, which has nothing to do. */
function player({ name, args, env = {} }: Part): DaprApp {
  return { appID: name, appDirPath: ".", command: ["node", ...args.map(here)], env: variables(env) };
}

/** dapr.yaml, as it should be. */
export function daprRunFile(): string {
  const common = {
    resourcesPaths: ["components", `${folder}/store`],
    configFilePath: `${folder}/configuration.yaml`,
    appProtocol: "http",
    appMaxConcurrency: atOnce,
    apiListenAddresses: "127.0.0.1",
  };
  const players = [oidcProvider(context), standin(context, settings)];
  const template = { version: 1, common, apps: [...players.map(player), ...apps.map(app)] };
  return head + stringify(template, { aliasDuplicateObjects: false, lineWidth: 0, version: "1.1" });
}

/** What its sidecars read beside components/: path from the root -> text. */
export function daprRunFolder(): Record<string, string> {
  const secretsFile = `${folder}/secrets.json`;
  return {
    [`${folder}/configuration.yaml`]: configuration(context, settings),
    [`${folder}/store/secretstore.yaml`]: secretStore(secretsFile),
    [secretsFile]: `${JSON.stringify(storedSecrets(context), null, 2)}\n`,
  };
}
