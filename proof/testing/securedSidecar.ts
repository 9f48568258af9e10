import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { parse, stringify } from "yaml";
import { layOutComponents } from "../../dev/stack/components.ts";
import { daprd } from "../../dev/stack/parts/daprd.ts";
import { writePrivate } from "../../dev/stack/secrets.ts";
import type { Part } from "../../dev/stack/supervised.ts";
import type { Secured } from "./secured.ts";

/** How the servers with TLS behind a sidecar are reached; of what is left out it has no component. */
export type Ways = {
  readonly rabbitmqUrl?: string;
  readonly redis?: { readonly host: string; readonly user: string; readonly password: string };
  /** The database of what nobody may forget: where, in the words of Go's driver. */
  readonly keep?: { readonly connectionString: string; readonly database: string };
  readonly consul?: { readonly address: string; readonly tokenFile: string };
  /** A file with the authorities that the sidecar trusts beside the system's. */
  readonly ca?: string;
  /** The broker's queues are quorum queues, and it moves dead letters by policy. */
  readonly quorum?: boolean;
  /** An OpenTelemetry collector (host:port) that it sends its spans to, instead of to Zipkin. */
  readonly otlp?: string;
  /** Where it calls its app. */
  readonly appPort?: number;
};

type Component = { spec: { metadata: { name: string; value?: string }[] } };
type Configuration = {
  spec: { nameResolution?: { configuration: { client: Record<string, string> } }; tracing?: object };
};

/** The tests' own sidecar, whose components are ours with what the chart sets for such servers. */
export function securedSidecar({ context }: Secured, ways: Ways): Part {
  layOutComponents(context, { traceSampleRatio: 0, ...(ways.quorum && { queueType: "quorum" }) });
  const { rabbitmqUrl, redis, keep, consul } = ways;
  const folder = join(context.data, "dapr");
  const change = <T>(file: string, how: (read: T) => void) => {
    const read: T = parse(readFileSync(join(folder, file), "utf8"));
    how(read);
    writePrivate(join(folder, file), stringify(read));
  };
  writePrivate(
    join(folder, "secrets.json"),
    JSON.stringify({
      "gorder-rabbitmq": { connectionString: rabbitmqUrl },
      "gorder-redis": redis,
      "gorder-keep": keep,
    }),
  );
  for (const store of ["statestore", "lockstore"]) {
    if (redis === undefined) rmSync(join(folder, "testapp", `${store}.yaml`));
    else
      change<Component>(`testapp/${store}.yaml`, ({ spec }) => {
        spec.metadata.push({ name: "enableTLS", value: "true" }, { name: "redisUsername", value: redis.user });
      });
  }
  if (keep === undefined) rmSync(join(folder, "testapp", "keepstore.yaml"));
  if (rabbitmqUrl === undefined) rmSync(join(folder, "testapp", "pubsub.yaml"));
  change<Configuration>("configuration.yaml", ({ spec }) => {
    if (consul === undefined) delete spec.nameResolution;
    else Object.assign(spec.nameResolution?.configuration.client ?? {}, { ...consul, scheme: "https" });
    if (ways.otlp !== undefined) {
      spec.tracing = { samplingRate: "1", otel: { protocol: "http", endpointAddress: ways.otlp, isSecure: false } };
    }
  });
  const part = daprd(context, "testapp", ways.appPort);
  return { ...part, env: { ...part.env, ...(ways.ca && { SSL_CERT_FILE: ways.ca }) }, readyWithinMs: 60_000 };
}

/**
 * Demands that a sidecar which is reached in these ways ends by itself, and that its log says why. Between the failure of a
 * component and its end it may have answered a probe: that it was called ready for a moment tells nothing.
 */
export async function demandRefusal(place: Secured, ways: Ways, why: RegExp): Promise<void> {
  const { context, fleet } = place;
  const pid = () => fleet.pids["testapp-dapr"];
  const started = await fleet.start("sidecars", securedSidecar(place, ways)).then(pid, () => undefined);
  if (started !== undefined) await expect.poll(pid).not.toBe(started);
  await expect.poll(() => readFileSync(join(context.data, "log", "testapp-dapr.log"), "utf8")).toMatch(why);
  await fleet.kill("testapp-dapr");
}
