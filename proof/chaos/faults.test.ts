import { expect, test } from "vitest";
import { apps } from "../../dev/services.ts";
import type { Fault } from "./fault.ts";
import { faults } from "./faults.ts";
import { quickFaults } from "./plans.ts";
import type { System } from "./system.ts";

/** A system that only notes what is done to it, with two replicas; what is left of it is what nobody undid. */
function patient() {
  const broken = new Set<string>();
  const touched: string[] = [];
  const mended: string[] = [];
  const harm = async (name: string) => {
    touched.push(name);
    broken.add(name);
  };
  const mend = async (name: string) => {
    mended.push(name);
    broken.delete(name);
  };
  const system = {
    replicas: 2,
    stack: { kill: harm, restart: mend, pids: {}, context: { data: "/nonexistent/gorder-chaos" } },
    toxics: { cut: harm, slow: harm, halfOpen: harm, slowClose: harm, heal: mend },
    deliveries: { again: async () => void touched.push("deliveries") },
    webhooks: { weather: "fair" },
    plants: { plant: () => harm("plants"), remove: () => mend("plants") },
    broker: (...words: string[]) => (words.at(-1) === "0.0001" ? harm("publishing") : mend("publishing")),
    provider: {
      tell: async (path: string, params: Readonly<Record<string, string>>) => {
        const isKind = ["0", "on time", "succeeded"].includes(Object.values(params)[0] ?? "");
        await (isKind ? mend(path) : harm(path));
        if (path === "/refunds/begin" && !isKind) await harm("refunds under way");
      },
      endRefunds: () => mend("refunds under way"),
    },
  };
  return { broken, touched, mended, webhooks: system.webhooks, system: system as unknown as System };
}

const named = (name: string): Fault => {
  const fault = faults.find((one) => one.name === name);
  if (!fault) throw new Error(`no fault "${name}"`);
  return fault;
};

test.each(faults)("$name is undone at its end", async (fault) => {
  const { broken, webhooks, system } = patient();
  await fault.begin(system);
  await fault.end(system);
  expect([...broken]).toEqual([]);
  expect(webhooks.weather).toBe("fair");
});

test("a service is killed with all its replicas, or one alone", async () => {
  const all = patient();
  await named("kill -9 of stock").begin(all.system);
  expect(all.touched).toEqual(["stock", "stock-2"]);
  const one = patient();
  await named("kill -9 of one stock").begin(one.system);
  expect(one.touched).toEqual(["stock"]);
});

test("a power cut takes every server, sidecar and service, and each comes back after what it stands on", async () => {
  const { touched, mended, system } = patient();
  await named("power cut: kill -9 of everything").begin(system);
  await named("power cut: kill -9 of everything").end(system);
  const services = apps.flatMap((app) => [app, `${app}-2`]);
  const sidecars = services.map((name) => `${name}-dapr`);
  const servers = ["rabbitmq", "redis", "mysql", "mongodb", "consul"];
  expect(touched.toSorted()).toEqual([...servers, ...sidecars, ...services].sort());
  expect(mended).toEqual([...servers, ...sidecars, ...services]);
});

test("between services every sidecar's door to the others is poisoned", async () => {
  const { touched, system } = patient();
  await named("between services: cut").begin(system);
  expect(touched).toHaveLength(2 * apps.length);
  expect(touched).toContain("kitchen-2-dapr-internal");
});

test("no two faults share a name, and npm test has one of each kind", () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  const quick = quickFaults.map(({ name }) => name).join("\n");
  for (const kind of [/kill -9/, /sidecar/, /emptied/, /rolling/, /half-open/, /twice more/, /webhooks/, /SIGSTOP/])
    expect(quick).toMatch(kind);
});
