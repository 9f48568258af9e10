import { afterAll, beforeAll, expect, test } from "vitest";
import { Guest } from "../../ops/demo/guest.ts";
import { faultsOf } from "../../ops/ledger/faults.ts";
import { type OwnStack, startOwnStack } from "./ownStack.ts";
import { newRequestId, type StaffMember, signIn, untilAnswered } from "./staffMember.ts";

/** Everything between a press and its effect. */
const victims = ["order", "stock", "payment", "staff"].flatMap((app) => [app, `${app}-dapr`]);

/** How often each round does every act: as the victim dies, and while it is dead. */
const waves = 2;

type Act = { rpc: string; action: string; requestId: string; message: object };

let house: OwnStack;
let olga: StaffMember;
let guest: Guest;
const acts: Act[] = [];
const refunded: string[] = [];
const cancelled: string[] = [];

beforeAll(async () => {
  house = await startOwnStack({ KITCHEN_MODE: "board", LOG_LEVEL: "warn" }, 1);
  olga = await signIn(house.staffUrl, "olga");
  guest = await Guest.arrive(house.orderUrl);
}, 300_000);

afterAll(() => house?.end(), 60_000);

const patience = { timeout: 60_000, interval: 200 };

/** A meal that is paid, of which nobody has done anything yet. */
async function paidOrder(): Promise<string> {
  const { id } = await guest.order(1);
  const look = () => guest.look(id);
  await expect.poll(async () => (await look()).paymentLink, patience).toBeDefined();
  await guest.pay((await look()).paymentLink ?? "");
  await expect.poll(async () => (await look()).status, patience).toBe("paid");
  return id;
}

const press = (rpc: string, action: string, fields: object): Act => {
  const requestId = newRequestId();
  const act = { rpc, action, requestId, message: { requestId, reason: "chaos", ...fields } };
  acts.push(act);
  return act;
};

/** Every act once: on a dish, on an order that is cooked, and on another that is not. */
function pressAll(one: string, other: string): Promise<number>[] {
  refunded.push(one);
  cancelled.push(other);
  const pressed = [
    press("MoveStock", "dish.restock", { productId: "lemonade", restock: 3 }),
    press("RefundOrder", "order.refund", { orderId: one, amount: { amount: "100", currency: "eur" } }),
    press("TakeTicket", "ticket.take", { orderId: one }),
    press("CancelOrder", "order.cancel", { orderId: other }),
  ];
  return pressed.map(async ({ rpc, message }) => (await untilAnswered(olga, rpc, message)).status);
}

test.each(victims)(
  "whatever is pressed while %s is killed is done in the end, and answered",
  async (victim) => {
    const [one, other, third, fourth] = await Promise.all([paidOrder(), paidOrder(), paidOrder(), paidOrder()]);
    const dying = pressAll(one, other);
    await house.stack.kill(victim);
    const dead = pressAll(third, fourth);
    await house.stack.restart(victim);
    expect(await Promise.all([...dying, ...dead])).toEqual([...dying, ...dead].map(() => 200));
  },
  120_000,
);

test("afterwards the audit names each act once, what was done is what the audit says, and the ledger balances", async () => {
  for (const action of new Set(acts.map((act) => act.action))) {
    const { body } = await olga.call("SearchActs", { filter: { action, pageSize: 200 } });
    const records = body.records as { id: string; subject: string; refusal?: string }[];
    const asked = acts.filter((act) => act.action === action).map(({ requestId }) => requestId);
    expect([action, records.map(({ id }) => id).sort()]).toEqual([action, asked.sort()]);
    expect(new Set(records.map(({ subject, refusal = "" }) => `${subject} ${refusal}`))).toEqual(new Set(["olga "]));
  }
  await expect.poll(async () => faultsOf(await house.books.read()), patience).toEqual([]);
  const readOutcome = async () => {
    const { orders, checkouts, refunds, products } = await house.books.read();
    const paymentOf = (id: string) => checkouts.find(({ orderId, paid }) => orderId === id && paid)?.paymentId;
    const backOf = (id: string) => refunds.filter(({ paymentId }) => paymentId === paymentOf(id));
    const statusOf = (id: string) => orders.find((order) => order.id === id)?.status;
    return {
      moved: products.find(({ id }) => id === "lemonade")?.moved,
      refunded: refunded.map((id) => [statusOf(id), backOf(id).map(({ amount, state }) => `${amount} ${state}`)]),
      cancelled: cancelled.map((id) => [statusOf(id), backOf(id).length]),
    };
  };
  await expect.poll(readOutcome, patience).toEqual({
    moved: 3 * victims.length * waves,
    refunded: refunded.map(() => ["cooking", ["100 succeeded"]]),
    cancelled: cancelled.map(() => ["refunded", 1]),
  });
}, 120_000);
