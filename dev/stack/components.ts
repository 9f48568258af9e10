import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import { type Context, folder } from "./parts/context.ts";
import { keepDatabase, keepUser } from "./parts/mysql.ts";
import { rabbitmqUrl } from "./parts/rabbitmq.ts";
import { zipkinSpansUrl } from "./parts/zipkin.ts";
import { writePrivate } from "./secrets.ts";

const source = join(import.meta.dirname, "..", "..", "components");

/** What of Dapr's components is a stack's own. */
export type ComponentSettings = {
  /** 0..1, of the sidecars' own traces. */
  readonly traceSampleRatio: number;
  /** Which queues the sidecars make; classic unless said. */
  readonly queueType?: QueueType;
};

const queueTypes = ["classic", "quorum"] as const;
type QueueType = (typeof queueTypes)[number];

/** What GORDER_QUEUE_TYPE says. @throws in one sentence for anything but a type. */
export function queueTypeFrom({ GORDER_QUEUE_TYPE: given = "classic" }: NodeJS.ProcessEnv): QueueType {
  const type = queueTypes.find((one) => one === given);
  if (type === undefined) throw new Error(`GORDER_QUEUE_TYPE: "${given}" is neither classic nor quorum`);
  return type;
}

/**
 * What quorum queues need: subscriptions that ask for them, and a pubsub that leaves dead letters to the broker's policies.
 * A sidecar's own dead-letter queue is "lazy", which a virtual host of quorum queues refuses.
 */
function withQuorum(text: string): string {
  const document = parseDocument(text);
  const { kind, metadata } = document.toJS() as { kind: string; metadata: { name: string } };
  if (kind === "Subscription") document.setIn(["spec", "metadata", "queueType"], "quorum");
  if (metadata.name !== "pubsub") return document.toString();
  const entries: unknown = document.getIn(["spec", "metadata"]);
  for (const entry of isSeq(entries) ? entries.items : []) {
    if (isMap(entry) && entry.get("name") === "enableDeadLetter") entry.set("value", "false");
  }
  return document.toString();
}

/** Sets a value that the file has already: a mistyped path fails instead of adding something unread. */
function set(text: string, changes: readonly (readonly [path: readonly string[], value: string])[]): string {
  const document = parseDocument(text);
  for (const [path, value] of changes) {
    if (!isScalar(document.getIn(path, true))) throw new Error(`components: there is no ${path.join(".")} to set`);
    document.setIn(path, value);
  }
  return document.toString();
}

/** What the components read from secrets: the secret's name -> key -> value. */
export function storedSecrets(context: Context): Record<string, Record<string, string>> {
  return {
    "gorder-rabbitmq": { connectionString: rabbitmqUrl(context) },
    "gorder-redis": { host: `127.0.0.1:${context.ports.redis}`, password: context.secrets.redisPassword },
    "gorder-keep": {
      connectionString: `${keepUser}:${context.secrets.keepPassword}@tcp(127.0.0.1:${context.ports.mysql})/`,
      database: keepDatabase,
    },
  };
}

/** The stand-in for Kubernetes' own secret store, under its name, so that the components need no change. */
export function secretStore(secretsFile: string): string {
  return `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: kubernetes
spec:
  type: secretstores.local.file
  version: v1
  metadata:
    - name: secretsFile
      value: ${JSON.stringify(secretsFile)}
    - name: multiValued
      value: "true"
`;
}

/** The sidecars' configuration with the three values set that differ from place to place. */
export function configuration(context: Context, { traceSampleRatio }: ComponentSettings): string {
  return set(readFileSync(join(source, "configuration.yaml"), "utf8"), [
    [["spec", "nameResolution", "configuration", "client", "address"], `127.0.0.1:${context.ports.consul}`],
    [["spec", "tracing", "samplingRate"], String(traceSampleRatio)],
    [["spec", "tracing", "zipkin", "endpointAddress"], zipkinSpansUrl(context)],
  ]);
}

/** Lets the tests' own app use every component, by adding it to each list of scopes. */
function openTo(app: string, text: string): string {
  const document = parseDocument(text);
  const scopes = document.get("scopes");
  if (isMap(document.contents) && isSeq(scopes)) scopes.add(app);
  return document.toString();
}

/**
 * Lays out what the sidecars read: the files of `components/` as they are, but for the few values that
 * differ from place to place, and the secrets they refer to.
 */
export function layOutComponents(context: Context, settings: ComponentSettings): void {
  const target = folder(context, "dapr");
  for (const name of ["resources", "testapp"]) {
    rmSync(join(target, name), { recursive: true, force: true });
    mkdirSync(join(target, name), { recursive: true });
  }
  const store = folder(context, "dapr", "secrets.json");
  writePrivate(store, `${JSON.stringify(storedSecrets(context), null, 2)}\n`);
  writePrivate(join(target, "configuration.yaml"), configuration(context, settings));
  for (const folderName of ["resources", "testapp"]) {
    writePrivate(join(target, folderName, "secretstore.yaml"), secretStore(store));
  }
  for (const file of readdirSync(source).filter((name) => name.endsWith(".yaml") && name !== "configuration.yaml")) {
    const asItIs = readFileSync(join(source, file), "utf8");
    const text = settings.queueType === "quorum" ? withQuorum(asItIs) : asItIs;
    writePrivate(join(target, "resources", file), text);
    if (!text.includes("kind: Subscription")) writePrivate(join(target, "testapp", file), openTo("testapp", text));
  }
}
