import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../../dev/build/build.ts";
import { ensurePrograms } from "../../dev/programs/ensure.ts";
import { queueTypeFrom } from "../../dev/stack/components.ts";
import { local } from "../../dev/stack/parts/context.ts";
import { noLimits } from "../../dev/stack/parts/services.ts";
import { type Stack, startStack } from "../../dev/stack/stack.ts";
import { answers } from "../../dev/stack/wait.ts";
import { say, seconds } from "../../ops/command/say.ts";
import { takeTestPorts } from "./offsets.ts";
import { type ProvidedStack, provided } from "./provided.ts";

/** The one stack of a test run, started by whichever project comes first, ended by the last. */
export type SharedStack = { readonly provided: ProvidedStack; startServices(): Promise<void>; end(): Promise<void> };

async function begin(): Promise<SharedStack> {
  const start = Date.now();
  await ensurePrograms(["chromium"]);
  const mock = (await ensurePrograms(["stripe-mock"]))["stripe-mock"];
  const { ports, release } = await takeTestPorts();
  const replicas = Number(process.env.GORDER_REPLICAS ?? 1);
  const data = await mkdtemp(join(tmpdir(), "gorder-test-"));
  const stack: Stack = await startStack({
    data,
    ports,
    direct: false,
    replicas,
    queueType: queueTypeFrom(process.env),
    traceSampleRatio: 1,
    env: { ...noLimits, COOK_SECONDS: "0.2", RESERVATION_SWEEP_SECONDS: "1", RESERVATION_GRACE_SECONDS: "2" },
    tell: (line) => say(`  ${line}`),
  });
  await stack.startTestSidecar();
  const mockUrl = local(ports["stripe-mock"]);
  await stack.startExtra({
    name: "stripe-mock",
    command: mock,
    // Both, or the one not named would be open to the network.
    args: ["-http-addr", `127.0.0.1:${ports["stripe-mock"]}`, "-https-addr", `127.0.0.1:${ports["stripe-mock-https"]}`],
    // Everything but a request with a key is answered 401, which shows that it serves.
    ready: answers(`${mockUrl}/v1/charges`, { authorization: "Bearer sk_test_123" }),
  });
  say(`  the servers are up after ${seconds(start)}`);
  let services: Promise<void> | undefined;
  const startServices = async () => {
    await build();
    await stack.startServices();
    say(`  the services are up after ${seconds(start)}`);
  };
  return {
    provided: await provided(stack.context, replicas),
    startServices: () => {
      services ??= startServices();
      return services;
    },
    end: async () => {
      // The data go too, so there is nothing that a slower end would save.
      await stack.killAll();
      await stack.stop();
      await rm(data, { recursive: true, force: true });
      release();
    },
  };
}

type Holder = { users: number; stack: Promise<SharedStack> | undefined };

/** Every vitest project loads its own copy of this module, so the one stack hangs on what they share. */
const key = Symbol.for("gorder.test-stack");
const holders = globalThis as unknown as Record<symbol, Holder | undefined>;

/** The one stack of a run of tests, started by whoever asks first. */
export async function joinStack(): Promise<SharedStack> {
  const holder = holders[key] ?? { users: 0, stack: undefined };
  holders[key] = holder;
  holder.users += 1;
  holder.stack ??= begin();
  return holder.stack;
}

/** The last who leaves ends it. */
export async function leaveStack(): Promise<void> {
  const holder = holders[key];
  if (holder === undefined) return;
  holder.users -= 1;
  if (holder.users > 0) return;
  holders[key] = undefined;
  await (await holder.stack)?.end();
}
