import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, inject, test } from "vitest";
import { newCustomer } from "./customer.ts";

const { dataFolder, apps } = inject("stack");
const folder = join(dataFolder, "log");
const services = Object.keys(apps);
let token: string;

beforeAll(async () => {
  const customer = await newCustomer();
  token = customer.token;
  const { id } = await customer.order();
  await customer.payAndFetch(id);
  // Whatever goes wrong is what tells most.
  const { url } = apps.payment;
  await fetch(`${url}/api/stripe/webhook`, { method: "POST", body: `{"card":"${card}"}` });
  await fetch(`${apps.order.url}/api/customers/x/orders`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": "logs" },
    body: `{"items":[{"productId":"${card}"}]}`,
  });
  await fetch(`${apps.order.appUrl}/order.v1.OrderService/GetOrder`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: `{"orderId":"${card}"}`,
  });
});

/** In no log, since bodies are in no log. */
const card = "4242424242424242";

const logs = () => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);

test("no log of any part shows a secret, a customer's token or a body of this run", () => {
  const secrets = Object.entries(
    JSON.parse(readFileSync(join(dataFolder, "secrets.json"), "utf8")) as Record<string, string>,
  );
  expect(secrets.length).toBeGreaterThan(5);
  const hidden = [...secrets, ["a customer's token", token], ["a body", card]] as const;
  const shown = logs().flatMap(([log, text]) =>
    hidden.filter(([, value]) => text.includes(value)).map(([name]) => `${name} in ${log}`),
  );
  expect(shown).toEqual([]);
});

test.each(services)(
  "every line of %s is JSON with level, time and service, and its requests carry a trace id",
  (name) => {
    const text = logs().find(([log]) => log === `${name}.log`)?.[1] ?? "";
    // What follows the last line's end is being written just now.
    const lines = text
      .slice(0, text.lastIndexOf("\n"))
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const line of lines) {
      expect(line).toMatchObject({ service: name, level: expect.any(String), timestamp: expect.any(String) });
      if ("useCase" in line) expect(line.traceId).toMatch(/^[0-9a-f]{32}$/);
    }
    expect(lines.map(({ message }) => message)).toContain("listening");
  },
);
