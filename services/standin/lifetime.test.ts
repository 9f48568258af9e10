import { afterEach, expect, test } from "vitest";
import { standin, wish } from "./testing.ts";
import { receiver } from "./testingReceiver.ts";

// A busy machine may take its time.
const patiently = { timeout: 20_000 };

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A stand-in whose clock can be moved, and what its webhook said. */
async function told() {
  let time = Date.now();
  const { events, url, close } = await receiver();
  const it = await standin({ now: () => time, webhookUrl: url });
  closers.push(it.close, close);
  const said = () => events.map(({ type, data: { object } }) => [type, (object as { id: string }).id]);
  return {
    ...it,
    said,
    /** @param ahead when the session ends, in seconds from now */
    open: (ahead?: number) =>
      it.stripe.checkout.sessions.create({ ...wish, ...(ahead && { expires_at: Math.floor(time / 1000) + ahead }) }),
    pass: (seconds: number) => {
      time += seconds * 1000;
    },
  };
}

test("a session ends at the time that was asked for, by itself, and says so once", async () => {
  const { open, pass, said, stripe, press, origin } = await told();
  const [short, long] = [await open(1_800), await open()];
  pass(1_801);
  await expect.poll(said, patiently).toEqual([["checkout.session.expired", short.id]]);
  expect(await stripe.checkout.sessions.retrieve(short.id)).toMatchObject({ status: "expired", url: null });
  expect((await press(`${origin}/pay/${short.id}`, "pay")).status).toBe(409);
  expect(await stripe.checkout.sessions.retrieve(long.id)).toMatchObject({ status: "open" });
  expect(said()).toHaveLength(1);
});

test("a session that is expired, or paid, before its time does not end again", async () => {
  const { open, pass, said, stripe, press, origin } = await told();
  const [expired, paid] = [await open(1_800), await open(1_800)];
  await stripe.checkout.sessions.expire(expired.id);
  await press(`${origin}/pay/${paid.id}`, "pay");
  pass(1_801);
  const last = await open(1_800);
  pass(1_801);
  await expect.poll(said, patiently).toContainEqual(["checkout.session.expired", last.id]);
  expect(said().map(String).sort()).toEqual(
    [
      ["checkout.session.expired", expired.id],
      ["checkout.session.completed", paid.id],
      ["checkout.session.expired", last.id],
    ]
      .map(String)
      .sort(),
  );
});

test.each([
  ["arrive", "checkout.session.async_payment_succeeded", "paid", "succeeded"],
  ["bounce", "checkout.session.async_payment_failed", "unpaid", "requires_payment_method"],
])("a slow payment is under way until its end (%s), which comes once", async (end, type, payment_status, status) => {
  const { open, said, stripe, press, origin } = await told();
  const { id } = await open();
  const page = `${origin}/pay/${id}`;
  const state = () => stripe.checkout.sessions.retrieve(id, { expand: ["payment_intent.latest_charge"] });
  expect((await press(page, "arrive")).status).toBe(409);
  expect((await press(page, "slow")).headers.get("location")).toBe(wish.success_url);
  const underWay = { status: "complete", payment_status: "unpaid", payment_intent: { status: "processing" } };
  expect(await state()).toMatchObject(underWay);
  const { payment_intent } = await stripe.checkout.sessions.retrieve(id);
  await expect(stripe.refunds.create({ payment_intent: String(payment_intent) })).rejects.toThrow(
    "no successful charge",
  );
  expect((await press(page, "pay")).status).toBe(303);
  expect(await state()).toMatchObject(underWay);
  expect((await press(page, end)).status).toBe(303);
  expect((await press(page, end)).status).toBe(409);
  expect(await state()).toMatchObject({ status: "complete", payment_status, payment_intent: { status } });
  const both = [`checkout.session.completed,${id}`, `${type},${id}`];
  await expect.poll(() => said().map(String).sort(), patiently).toEqual(both.sort());
});
