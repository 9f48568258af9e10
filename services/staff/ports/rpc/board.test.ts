import { Code } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { behind } from "../../testing/fakes.ts";
import { cookieOf, staffHttp } from "../../testing/staff.ts";

const coded = (code: Code) => expect.objectContaining({ code });

/** A staff service with a board, and a cook who has opened it so often; each has seen its first word. */
async function given(streams: number) {
  const shop = behind();
  const staff = await staffHttp({ routes: shop.routes });
  const cook = await staff.as("cook");
  const open = async () => {
    const leave = new AbortController();
    const board = cook.watchBoard({}, { signal: leave.signal })[Symbol.asyncIterator]();
    const { value } = await board.next();
    return { board, value, leave: () => leave.abort() };
  };
  const boards = await Promise.all(Array.from({ length: streams }, open));
  return { ...staff, shop, boards, open };
}

test("the board comes as a stream, and again when it changes", async () => {
  const { shop, boards, metrics } = await given(1);
  const [first] = boards;
  expect(first?.value.tickets).toMatchObject([{ orderId: "o1" }]);
  shop.tickets = [{ orderId: "o1" }, { orderId: "o2" }];
  expect((await first?.board.next())?.value.tickets).toMatchObject([{ orderId: "o1" }, { orderId: "o2" }]);
  expect(await metrics.registry.metrics()).toMatch(/gorder_staff_board_watchers{service="staff"} 1/);
});

test("a session may have six boards open, and another one when it closes one", async () => {
  const { boards, open, metrics } = await given(6);
  await expect(open()).rejects.toEqual(coded(Code.ResourceExhausted));
  boards[0]?.leave();
  await expect.poll(() => metrics.registry.metrics()).toMatch(/gorder_staff_board_watchers{service="staff"} 5/);
  expect((await open()).value.tickets).toHaveLength(1);
});

test("a service that drains ends the boards, so that it can end itself", async () => {
  const { boards, service } = await given(1);
  service.drain?.();
  expect(await boards[0]?.board.next()).toMatchObject({ done: true });
});

test("a kitchen that cannot be asked ends the board with a code that says so", async () => {
  const { boards, shop } = await given(1);
  shop.away.add("order");
  await expect(boards[0]?.board.next()).rejects.toEqual(coded(Code.Unavailable));
});

test.each([30, 60, 4_000])("a board stays in a session of %i days, which no timer can wait for", async (days) => {
  const shop = behind();
  const { api } = await staffHttp({ routes: shop.routes });
  const cookie = await cookieOf(["cook"], { endsAt: Date.now() + days * 86_400_000 });
  const leave = new AbortController();
  const board = api({ cookie }).watchBoard({}, { signal: leave.signal })[Symbol.asyncIterator]();
  expect((await board.next()).value?.tickets).toHaveLength(1);
  shop.tickets = [{ orderId: "o1" }, { orderId: "o2" }];
  expect((await board.next()).value?.tickets).toHaveLength(2);
  leave.abort();
});

test("a board ends halfway to the end of its session, so that who watches is asked anew who they are", async () => {
  const { api } = await staffHttp({ routes: behind().routes });
  const cookie = await cookieOf(["cook"], { endsAt: Date.now() + 8_000 });
  const boards = [];
  for await (const { tickets } of api({ cookie }).watchBoard({})) boards.push(tickets.length);
  expect(boards).toEqual([1]);
});
