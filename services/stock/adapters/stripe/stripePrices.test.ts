import { createServer, type ServerResponse } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { portOf, startServer } from "#common/http/listen";
import { stripePrices } from "./stripePrices.ts";

type Answer = (response: ServerResponse) => void;
const json =
  (status: number, body: unknown): Answer =>
  (response) =>
    void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
const price = json(200, { object: "price", unit_amount: 990, currency: "eur" });

/** Something that speaks as Stripe does, and remembers when it was asked. Answers in turn, the last one for ever. */
async function aStripe(...answers: Answer[]) {
  const asked: { at: number; url: string | undefined; version: string | string[] | undefined }[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? price;
    asked.push({ at: performance.now(), url: request.url, version: request.headers["stripe-version"] });
    answer(response);
  });
  await startServer(server, "127.0.0.1", 0);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, options: { secretKey: "sk_test_123", apiUrl: `http://127.0.0.1:${portOf(server)}` } };
}

it("asks for the price by its id, of a named version of the API", async () => {
  const { asked, options } = await aStripe(price);
  expect(await stripePrices(options)("price_tea")).toEqual({ amount: 990, currency: "eur" });
  expect(asked).toMatchObject([{ url: "/v1/prices/price_tea", version: "2026-10-28.endive" }]);
});

it("reads no faster than it may", async () => {
  const { asked, options } = await aStripe(price);
  const read = stripePrices({ ...options, perSecond: 5 });
  await Promise.all(Array.from({ length: 8 }, (_, index) => read(`price_${index}`)));
  const [first, sixth] = [asked[0]?.at ?? 0, asked[5]?.at ?? 0];
  expect(asked).toHaveLength(8);
  // A second apart when they leave; measured where they arrive, so with room for a busy machine.
  expect(sixth - first).toBeGreaterThan(500);
});

it("tries again after a failure inside Stripe", async () => {
  const { asked, options } = await aStripe(json(500, { error: { message: "oops" } }), price);
  expect(await stripePrices(options)("price_tea")).toEqual({ amount: 990, currency: "eur" });
  expect(asked).toHaveLength(2);
});

it("does not press a Stripe that says it was asked too often", async () => {
  const { asked, options } = await aStripe(json(429, { error: { message: "slow down" } }), price);
  await expect(stripePrices(options)("price_tea")).rejects.toThrow("slow down");
  expect(asked).toHaveLength(1);
});

it("gives up on a Stripe that does not answer", async () => {
  const { asked, options } = await aStripe(() => {});
  await expect(stripePrices({ ...options, timeoutMs: 1_000, retries: 1 })("price_tea")).rejects.toThrow(
    /timeout|retried/i,
  );
  expect(asked).toHaveLength(2);
});

it.each([
  [
    "a price that Stripe does not know",
    json(404, { error: { message: "No such price: 'price_tea'" } }),
    /No such price/,
  ],
  ["a price without a fixed amount", json(200, { unit_amount: null, currency: "eur" }), /no fixed amount/],
])("refuses %s", async (_, answer, message) => {
  const { options } = await aStripe(answer);
  await expect(stripePrices(options)("price_tea")).rejects.toThrow(message);
});
