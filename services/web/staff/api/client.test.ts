import { ConnectError } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { createStaff } from "./client.ts";

/** The page's client on a clock, and what it asks in its order; `answer` lets one call through. */
function given() {
  let time = 0;
  let ended = 0;
  const asked: string[] = [];
  const waiting: ((response: Response) => void)[] = [];
  const fetch = (input: unknown) => {
    asked.push(String(input).split("/").at(-1) ?? "");
    return new Promise<Response>((resolve) => waiting.push(resolve));
  };
  const staff = createStaff(
    fetch as typeof globalThis.fetch,
    () => (ended += 1),
    () => time,
  );
  const json = { headers: { "content-type": "application/json" } };
  return {
    staff,
    asked,
    ended: () => ended,
    wait: (ms: number) => (time += ms),
    async answer(body: object = {}, status = 200) {
      await expect.poll(() => waiting.length).toBeGreaterThan(0);
      waiting.shift()?.(new Response(JSON.stringify(body), { ...json, status }));
    },
  };
}

const refused = { code: "unauthenticated", message: "Sign in first" };

test("calls that come together after a pause wait for one that asks who calls, so that one alone renews the session", async () => {
  const { staff, asked, wait, answer } = given();
  const me = staff.getMe({});
  await answer();
  await me;
  const soon = staff.listDishes({});
  await answer();
  await soon;
  wait(5 * 60_000);
  const both = Promise.all([staff.listDishes({}), staff.searchOrders({})]);
  await answer();
  for (let call = 0; call < 2; call++) await answer();
  await both;
  expect(asked.slice(0, 3)).toEqual(["GetMe", "ListDishes", "GetMe"]);
  expect(asked.slice(3).sort()).toEqual(["ListDishes", "SearchOrders"]);
});

test("a call beside the page's own question waits for that one", async () => {
  const { staff, asked, answer } = given();
  const both = Promise.all([staff.getMe({}), staff.listDishes({})]);
  await answer();
  await answer();
  await both;
  expect(asked).toEqual(["GetMe", "ListDishes"]);
});

test("a question that fails keeps no call back, and is asked again with the next one", async () => {
  const { staff, asked, answer, ended } = given();
  const call = staff.listDishes({});
  await answer({ code: "unavailable" }, 503);
  await answer();
  await call;
  const next = staff.listDishes({}).catch((error: unknown) => error);
  for (let times = 0; times < 2; times++) await answer(refused, 401);
  expect(await next).toBeInstanceOf(ConnectError);
  expect([asked, ended()]).toEqual([["GetMe", "ListDishes", "GetMe", "ListDishes"], 2]);
});
