import { randomUUID } from "node:crypto";
import { Code } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { memoryKeep } from "#common/dapr/memory";
import type { Letter } from "#common/deadLetters/letter";
import { AppError } from "#common/errors";
import type { DeadLetters } from "../../adapters/deadLetters.ts";
import { cookieOf, staffHttp } from "../../testing/staff.ts";

const queue = "order-order.paid";
const letter: Letter = {
  id: "e1",
  queue,
  type: "order.paid",
  traceId: "",
  diedAt: new Date(1_000),
  reason: "rejected",
  deaths: 1,
  headers: {},
  event: { orderId: "o1" },
  unreadable: undefined,
};

/** Dead letters that count how often they were sent again; the first tries fail. */
function given({ failures = 0, letters = [letter] } = {}) {
  const sent: string[][] = [];
  let left = failures;
  const act = async (_: string, ids: readonly string[]) => {
    if (left-- > 0) throw new AppError("unavailable", "The broker does not answer");
    return sent.push([...ids]);
  };
  const deadLetters: DeadLetters = {
    list: async () => [{ name: queue, count: letters.length, letters }],
    resend: act,
    discard: act,
  };
  return { sent, deadLetters };
}

test("a dead letter is shown decoded, with the order that it is about", async () => {
  const text = { ...letter, event: undefined, unreadable: { why: "It is not JSON", text: "x".repeat(5_000) } };
  const { as } = await staffHttp(given({ letters: [letter, text] }));
  const [listed] = (await (await as("owner")).listDeadLetters({})).queues;
  expect(listed).toMatchObject({ name: queue, count: 2 });
  const [event, nonsense] = listed?.letters ?? [];
  expect(event).toMatchObject({ eventId: "e1", orderId: "o1", event: '{"orderId":"o1"}', occurredAt: { seconds: 1n } });
  expect(JSON.parse(nonsense?.event ?? "")).toEqual({ why: "It is not JSON", text: "x".repeat(2_000) });
});

test("what is asked for twice is sent again once, and the audit says by whom", async () => {
  const { sent, deadLetters } = given();
  const { as } = await staffHttp({ deadLetters });
  const [owner, asked] = [await as("owner"), { requestId: randomUUID(), queue, eventIds: ["e1"] }];
  const [one, two] = await Promise.all([owner.resendDeadLetters(asked), owner.resendDeadLetters(asked)]);
  expect([one.count, two.count, sent]).toEqual([1, 1, [["e1"]]]);
  expect((await owner.searchActs({})).records).toMatchObject([
    {
      ...{ id: asked.requestId, subject: "owner-1", name: "A owner", action: "dead_letters.resend", target: queue },
      ...{ before: '{"chosen":1}', after: '{"chosen":1,"done":1}', refusal: "" },
    },
  ]);
});

test("what failed may be tried again with the same id", async () => {
  const { sent, deadLetters } = given({ failures: 1 });
  const { as } = await staffHttp({ deadLetters });
  const [owner, asked] = [await as("owner"), { requestId: randomUUID(), queue, eventIds: [] }];
  const kept = async () => (await owner.searchActs({})).records.map(({ after, refusal }) => [after, refusal]);
  await expect(owner.discardDeadLetters(asked)).rejects.toMatchObject({ code: Code.Unavailable });
  expect(await kept()).toEqual([['{"chosen":"all"}', "The broker does not answer"]]);
  expect((await owner.discardDeadLetters(asked)).count).toBe(1);
  expect(sent).toEqual([[]]);
  expect(await kept()).toEqual([['{"chosen":"all","done":1}', ""]]);
});

test("a request id that was used does nothing else, and nobody else's", async () => {
  const { sent, deadLetters } = given();
  const { as, api } = await staffHttp({ deadLetters });
  const asked = { requestId: randomUUID(), queue, eventIds: ["e1"], reason: "mended" };
  const owner = await as("owner");
  await owner.resendDeadLetters(asked);
  const partner = api({ cookie: await cookieOf(["owner"], { subject: "owner-2" }) });
  const others = [
    owner.discardDeadLetters(asked),
    owner.resendDeadLetters({ ...asked, eventIds: [] }),
    owner.resendDeadLetters({ ...asked, queue: "kitchen-order.paid" }),
    owner.resendDeadLetters({ ...asked, reason: "" }),
    partner.resendDeadLetters(asked),
  ];
  const refused = { reason: { code: Code.AlreadyExists, rawMessage: expect.stringMatching(/another act/) } };
  expect(await Promise.allSettled(others)).toMatchObject(others.map(() => refused));
  expect(sent).toEqual([["e1"]]);
});

test("an act that cannot be recorded is not done", async () => {
  const { sent, deadLetters } = given();
  const keep = memoryKeep();
  const { as } = await staffHttp({ deadLetters, keep });
  const owner = await as("owner");
  keep.save = () => Promise.reject(new AppError("unavailable", "The sidecar could not write state"));
  const asked = owner.resendDeadLetters({ requestId: randomUUID(), queue, eventIds: ["e1"] });
  await expect(asked).rejects.toMatchObject({ code: Code.Unavailable, rawMessage: expect.stringMatching(/not done/) });
  expect(sent).toEqual([]);
});

test("two replicas that are asked at once do it once", async () => {
  const { sent, deadLetters } = given();
  const keep = memoryKeep();
  const replicas = [await staffHttp({ deadLetters, keep }), await staffHttp({ deadLetters, keep })];
  const asked = { requestId: randomUUID(), queue, eventIds: ["e1"] };
  const answers = await Promise.allSettled(
    replicas.map(async ({ as }) => (await as("owner")).resendDeadLetters(asked)),
  );
  for (const one of answers)
    if (one.status === "rejected") expect(one.reason).toMatchObject({ code: Code.Unavailable });
  for (const { as } of replicas) expect((await (await as("owner")).resendDeadLetters(asked)).count).toBe(1);
  expect(sent).toEqual([["e1"]]);
});

test("without a broker the owner is told what is missing", async () => {
  const owner = await (await staffHttp()).as("owner");
  const refused = { code: Code.FailedPrecondition, rawMessage: expect.stringContaining("no access to the broker") };
  await expect(owner.listDeadLetters({})).rejects.toMatchObject(refused);
});
