import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { testOffsets } from "../../proof/testing/offsets.ts";
import { appOf, demandFree, instancesOf, mostReplicas, portNames, portsFrom } from "./ports.ts";

/** From here on Linux takes the ports of outgoing connections. */
const firstEphemeralPort = 32768;

test("no two parts share a port, and neither do stacks of test runs side by side", () => {
  const all = [0, ...testOffsets].flatMap((offset) => Object.values(portsFrom({}, offset)));
  expect(new Set(all).size).toBe(all.length);
});

test("no port lies where outgoing connections take theirs", () => {
  const all = testOffsets.flatMap((offset) => Object.values(portsFrom({}, offset)));
  expect(Math.max(...all)).toBeLessThan(firstEphemeralPort);
});

test("the first replica has the name of its app, and each one ports of its own", () => {
  const names = instancesOf("order", mostReplicas);
  expect(names).toEqual(["order", "order-2", "order-3"]);
  expect(names.map(appOf)).toEqual(["order", "order", "order"]);
  for (const name of names)
    expect(portNames).toEqual(expect.arrayContaining([name, `${name}-app`, `${name}-dapr-internal`]));
  expect(portNames).not.toContain("kitchen");
});

test("an offset moves every port, a port's own variable wins", () => {
  const ports = portsFrom({ GORDER_PORT_OFFSET: "100", GORDER_PORT_RABBITMQ_MANAGEMENT: "15000" });
  expect(ports.order).toBe(8180);
  expect(ports["rabbitmq-management"]).toBe(15000);
});

test.each([{ GORDER_PORT_OFFSET: "many" }, { GORDER_PORT_REDIS: "0" }, { GORDER_PORT_OFFSET: "60000" }])(
  "a port that cannot be is refused with the variable's name: %j",
  (env) => {
    expect(() => portsFrom(env)).toThrow(/GORDER_PORT_/);
  },
);

test("a port at which no browser asks is refused before anything starts there", () => {
  expect(() => portsFrom({ GORDER_PORT_OFFSET: "2000" })).toThrow(
    "GORDER_PORT_OFFSET: browsers and fetch ask nobody at 10080",
  );
  expect(() => portsFrom({ GORDER_PORT_STAFF: "6000" })).toThrow("GORDER_PORT_STAFF");
});

test("a port that nothing has is refused with the names that there are", () => {
  expect(() => portsFrom({ GORDER_PORT_ORDR: "9000" })).toThrow(/^GORDER_PORT_ORDR: .*the names are order, .*redis/);
});

test("a port in use is named, with the way round it", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const taken = typeof address === "object" ? String(address?.port) : "";
  const ports = portsFrom({ GORDER_PORT_ZIPKIN: taken });
  await expect(demandFree(ports, ["zipkin"])).rejects.toThrow(`${taken} (zipkin): free it, or set GORDER_PORT_ZIPKIN`);
});
