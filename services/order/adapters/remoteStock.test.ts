import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { withDomainErrors } from "#common/connect/errors";
import { type ReservationStatus, StockService } from "#common/genproto/stock/v1/stock_pb";
import { remoteStock } from "./remoteStock.ts";

/** A stock of 10 tea and nothing else, and the sizes of the calls that it got. */
function stock() {
  const calls: number[] = [];
  const unitPrice = { amount: 250n, currency: "eur" };
  const answered = (orderIds: readonly string[]) => {
    calls.push(orderIds.length);
    const refusal = { code: Code.FailedPrecondition, message: "Its units are gone" };
    return { results: orderIds.map((id) => (id === "gone" ? { id, refusal } : { id })) };
  };
  const transport = createRouterTransport(({ service }) => {
    service(StockService, {
      reserveItems: async ({ reservations }) => {
        calls.push(reservations.length);
        await new Promise(setImmediate);
        const results = reservations.map(({ orderId, lines, ttlSeconds, language }) => {
          const [line] = lines;
          const expiresAt = { seconds: BigInt(ttlSeconds), nanos: 0 };
          const translatedName = language === "de" ? "Tee" : "";
          const sold = { ...line, name: "Tea", translatedName, unitPrice, stripePriceId: "price_1" };
          if (line?.productId !== "tea") return { orderId, outcome: rejected({ unknownProductIds: ["unicorn"] }) };
          if (line.quantity === 7)
            return { orderId, outcome: rejected({ shopClosed: true, shopSentence: "Back at 17:00" }) };
          if (line.priceSeen && line.priceSeen.amount !== 250n) {
            const priceChanges = [{ productId: "tea", seen: line.priceSeen, now: unitPrice }];
            return { orderId, outcome: rejected({ priceChanges }) };
          }
          if (line.quantity > 10)
            return { orderId, outcome: rejected({ shortages: [{ productId: "tea", requested: 11, available: 10 }] }) };
          return {
            orderId,
            outcome: {
              case: "reserved" as const,
              value: { orderId, lines: [sold], expiresAt } as never,
            },
          };
        });
        return { results };
      },
      getItems: () => ({
        items: [
          { productId: "tea", name: "Tea", unitPrice, translations: { de: { name: "Tee", category: "Getränke" } } },
          { productId: "cake", name: "Cake", unitPrice },
        ],
      }),
      commitReservations: ({ orderIds }) => answered(orderIds),
      releaseReservations: ({ orderIds }) => answered(orderIds),
      getReservations: ({ orderIds }) => ({
        reservations: orderIds.map((orderId, status) => ({ orderId, status: status as ReservationStatus })),
      }),
    });
  });
  return { calls, client: remoteStock(withDomainErrors(transport), 60) };
}

function rejected(value: object) {
  return { case: "rejected" as const, value: value as never };
}

test("a reservation comes with names, prices and its end", async () => {
  const { client } = stock();
  expect(await client.reserve("1", [{ productId: "tea", quantity: 2 }])).toEqual({
    lines: [
      {
        productId: "tea",
        quantity: 2,
        name: "Tea",
        unitPrice: { amount: 250, currency: "eur" },
        stripePriceId: "price_1",
      },
    ],
    expiresAt: new Date(60_000),
    repeated: false,
  });
});

test("a dish is named in the guest's language beside the menu's own", async () => {
  const { client } = stock();
  const tea = [{ productId: "tea", quantity: 2 }];
  expect(await client.reserve("1", tea, "de")).toMatchObject({ lines: [{ name: "Tea", translatedName: "Tee" }] });
});

test("a price that is none is refused, and not taken for a dish that costs nothing", async () => {
  const transport = createRouterTransport(({ service }) =>
    service(StockService, {
      getItems: () => ({ items: [{ productId: "tea", name: "Tea" }] }),
      reserveItems: ({ reservations: [asked] }) => {
        const lines = [{ productId: "tea", quantity: 1, unitPrice: { amount: 250n, currency: "" } }];
        return { results: [{ orderId: asked?.orderId ?? "", outcome: { case: "reserved", value: { lines } } }] };
      },
    }),
  );
  const client = remoteStock(withDomainErrors(transport), 60);
  const why = "The price of tea is no amount of money";
  await expect(client.products()).rejects.toThrow(why);
  await expect(client.reserve("1", [{ productId: "tea", quantity: 1 }])).rejects.toThrow(why);
});

test("orders that arrive together travel together, and each gets its own answer", async () => {
  const { calls, client } = stock();
  const wishes = ["tea", "unicorn", "tea", "tea", "unicorn"].map((productId, index) => {
    const quantity = index === 2 ? 11 : 1;
    return client.reserve(String(index), [{ productId, quantity }]);
  });
  const outcomes = await Promise.allSettled(wishes);
  expect(outcomes.map((one) => (one.status === "fulfilled" ? "reserved" : one.reason.kind))).toEqual([
    "reserved",
    "invalid",
    "out_of_stock",
    "reserved",
    "invalid",
  ]);
  expect(calls).toEqual([5]);
});

test("a price that changed comes with both prices, and a closed shop with what guests are to read", async () => {
  const { client } = stock();
  const at = (amount: number) => [{ productId: "tea", quantity: 1, priceSeen: { amount, currency: "eur" } }];
  const now = { amount: 250, currency: "eur" };
  await expect(client.reserve("1", at(200))).rejects.toMatchObject({
    kind: "prices_changed",
    details: { priceChanges: [{ productId: "tea", seen: { amount: 200, currency: "eur" }, now }] },
  });
  expect(await client.reserve("2", at(250))).toMatchObject({ lines: [{ unitPrice: now }] });
  await expect(client.reserve("3", [{ productId: "tea", quantity: 7 }])).rejects.toMatchObject({
    kind: "shop_closed",
    message: "Back at 17:00",
  });
});

test("sales and releases that come together travel together, and each has an answer of its own", async () => {
  const { calls, client } = stock();
  const commits = ["sold", "gone", "sold again"].map((orderId) => client.commit(orderId));
  const releases = ["back", "gone"].map((orderId) => client.release(orderId));
  const outcomes = await Promise.allSettled([...commits, ...releases]);
  expect(outcomes.map((one) => (one.status === "fulfilled" ? "done" : one.reason.kind))).toEqual([
    "done",
    "conflict",
    "done",
    "done",
    "conflict",
  ]);
  expect(calls).toEqual([3, 2]);
});

test("what was called off is told apart within the call", async () => {
  const asked: { orderIds: string[]; evenSold: string[] }[] = [];
  const transport = createRouterTransport(({ service }) => {
    service(StockService, {
      releaseReservations({ orderIds, evenSold }) {
        asked.push({ orderIds, evenSold });
        return { results: orderIds.map((id) => ({ id })) };
      },
    });
  });
  const client = remoteStock(withDomainErrors(transport), 60);
  await Promise.all([client.release("held"), client.release("sold", "evenSold")]);
  expect(asked).toEqual([{ orderIds: ["held", "sold"], evenSold: ["sold"] }]);
});

test("what became of reservations comes in the order that it was asked for", async () => {
  const { client } = stock();
  expect(await client.find(["none", "held", "sold", "back", "from a later version"])).toEqual([
    "unknown",
    "reserved",
    "committed",
    "released",
    "unknown",
  ]);
});

test("a stock that does not answer is unavailable to everyone who asked", async () => {
  const away = createRouterTransport(({ service }) => {
    service(StockService, {
      reserveItems() {
        throw new Error("connection lost");
      },
    });
  });
  const client = remoteStock(withDomainErrors(away), 60);
  const wishes = ["1", "2", "3"].map((id) => client.reserve(id, [{ productId: "tea", quantity: 1 }]));
  for (const outcome of await Promise.allSettled(wishes)) {
    expect(outcome).toMatchObject({ status: "rejected", reason: { kind: "unavailable" } });
  }
});

test.each([Code.ResourceExhausted, Code.FailedPrecondition, Code.NotFound])(
  "a call that fails as a whole, with code %s, is no refusal of an order: paid meals are not given back for it",
  async (code) => {
    const fail = () => {
      throw new ConnectError("calm down", code);
    };
    const transport = createRouterTransport(({ service }) =>
      service(StockService, { commitReservations: fail, releaseReservations: fail }),
    );
    const client = remoteStock(withDomainErrors(transport), 60);
    await expect(client.commit("1")).rejects.toMatchObject({ kind: "unavailable" });
    await expect(client.release("1")).rejects.toMatchObject({ kind: "unavailable" });
  },
);

test("a stock of the version before, which refuses to give back what is sold, is to be asked again", async () => {
  const { client } = stock();
  await expect(client.release("gone", "evenSold")).rejects.toMatchObject({ kind: "unavailable" });
  await expect(client.release("gone")).rejects.toMatchObject({ kind: "conflict" });
});

test("the menu has dishes in the languages that stock has, and in those no texts that nobody translated", async () => {
  const { products } = await stock().client.products();
  expect(products.map(({ id, translations }) => [id, translations])).toEqual([
    ["tea", { de: { name: "Tee", category: "Getränke" } }],
    ["cake", undefined],
  ]);
});
