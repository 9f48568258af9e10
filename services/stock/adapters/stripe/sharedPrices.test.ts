import { expect, it, vi } from "vitest";
import { memoryState } from "#common/dapr/memory";
import { silentLogger } from "#common/logging";
import { freshSeconds, sharedPrices } from "./sharedPrices.ts";

const eur = (amount: number) => ({ amount, currency: "eur" });

function given() {
  let time = 1_000_000;
  const state = memoryState(() => time);
  const read = vi.fn(async () => eur(990));
  const replica = () => sharedPrices(read, state, silentLogger, () => time);
  return { state, read, replica, wait: (seconds: number) => (time += seconds * 1_000) };
}

it("lets one replica ask Stripe and the others know", async () => {
  const { read, replica } = given();
  expect(await replica()("price_1")).toEqual(eur(990));
  expect(await replica()("price_1")).toEqual(eur(990));
  expect(read).toHaveBeenCalledTimes(1);
});

it("asks again when the price is not fresh any more", async () => {
  const { read, replica, wait } = given();
  await replica()("price_1");
  wait(freshSeconds + 1);
  read.mockResolvedValue(eur(1_090));
  expect(await replica()("price_1")).toEqual(eur(1_090));
  expect(await replica()("price_1")).toEqual(eur(1_090));
  expect(read).toHaveBeenCalledTimes(2);
});

it("uses an old price while Stripe does not answer, for a week at most", async () => {
  const { read, replica, wait } = given();
  await replica()("price_1");
  read.mockRejectedValue(new Error("Stripe is down"));
  wait(6 * 24 * 3_600);
  expect(await replica()("price_1")).toEqual(eur(990));
  wait(2 * 24 * 3_600);
  await expect(replica()("price_1")).rejects.toThrow("Stripe is down");
});

it("does not overwrite what another replica stored meanwhile", async () => {
  const { state, read, replica, wait } = given();
  await replica()("price_1");
  wait(freshSeconds + 1);
  read.mockImplementation(async () => {
    await state.save("price:price_1", { ...eur(990), readAt: 42 });
    return eur(990);
  });
  expect(await replica()("price_1")).toEqual(eur(990));
  expect((await state.get("price:price_1"))?.value).toMatchObject({ readAt: 42 });
});

it("asks Stripe when the state store does not answer", async () => {
  const { read } = given();
  const broken = async () => {
    throw new Error("Redis is down");
  };
  const price = sharedPrices(read, { get: broken, save: broken }, silentLogger);
  expect(await price("price_1")).toEqual(eur(990));
});
