import { expect, test } from "vitest";
import { createCustomer } from "./customer.ts";
import { ApiError } from "./errors.ts";
import type { Send } from "./http.ts";

function sessions(...ids: string[]) {
  let opened = 0;
  const send: Send = async () => ({ status: 200, etag: undefined, body: { customerId: ids[opened++] ?? ids.at(-1) } });
  return { customer: createCustomer(send), opened: () => opened };
}

const gone = new ApiError(401, { type: "/problems/unauthorized" });
const missing = new ApiError(404, { type: "/problems/not-found" });

test("one session serves all calls, also those that start together", async () => {
  const { customer, opened } = sessions("a");
  const call = async (id: string) => id;
  expect(await Promise.all([customer.act(call), customer.act(call)])).toEqual(["a", "a"]);
  expect(opened()).toBe(1);
});

test("a session that is gone is opened anew and the call tried once more", async () => {
  const { customer, opened } = sessions("a", "b");
  const tried: string[] = [];
  const call = async (id: string) => {
    tried.push(id);
    if (id === "a") throw gone;
    return "done";
  };
  expect(await customer.act(call)).toBe("done");
  expect(tried).toEqual(["a", "b"]);
  expect(opened()).toBe(2);
});

test("calls that lose their session together open one new one", async () => {
  const { customer, opened } = sessions("a", "b");
  const call = async (id: string) => {
    if (id === "a") throw gone;
    return id;
  };
  expect(await Promise.all([customer.act(call), customer.act(call), customer.act(call)])).toEqual(["b", "b", "b"]);
  expect(opened()).toBe(2);
});

test("a second refusal is final", async () => {
  const { customer, opened } = sessions("a", "b");
  await expect(customer.act(() => Promise.reject(gone))).rejects.toBe(gone);
  expect(opened()).toBe(2);
});

test("what this guest does not have is not asked for twice", async () => {
  const { customer } = sessions("a");
  let calls = 0;
  const call = () => {
    calls += 1;
    return Promise.reject(missing);
  };
  await expect(customer.act(call)).rejects.toBe(missing);
  expect(calls).toBe(1);
});

test("another tab's new guest is noticed when paths of the old one are not found", async () => {
  const { customer } = sessions("a", "b");
  const call = (id: string) => (id === "a" ? Promise.reject(missing) : Promise.resolve(id));
  expect(await customer.act(call)).toBe("b");
});

test("a session that could not be opened is tried again by the next call", async () => {
  let attempts = 0;
  const customer = createCustomer(async () => {
    attempts += 1;
    if (attempts === 1) throw new ApiError(503, {});
    return { status: 200, etag: undefined, body: { customerId: "a" } };
  });
  await expect(customer.act(async (id) => id)).rejects.toBeInstanceOf(ApiError);
  expect(await customer.act(async (id) => id)).toBe("a");
});

test("whose session it is becomes known with it", async () => {
  const body = { customerId: "a", account: { name: "Gus" }, signIn: "/auth/sign-in" };
  const told: unknown[] = [];
  const customer = createCustomer(
    async () => ({ status: 200, etag: undefined, body }),
    (visitor) => told.push(visitor),
  );
  await customer.act(async () => {});
  expect(told).toEqual([{ account: { name: "Gus" }, signIn: "/auth/sign-in" }]);
});
