import { Code, ConnectError } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { createActs } from "./acts.ts";

function someActs() {
  let made = 0;
  return createActs({ newId: () => `id-${++made}`, pause: async () => {} });
}

const away = new ConnectError("away", Code.Unavailable);
const refused = new ConnectError("no", Code.FailedPrecondition);

test("a double click is one act", async () => {
  const acts = someActs();
  const ids: string[] = [];
  const call = async (id: string) => ids.push(id);
  await Promise.all([acts.run("refund 7", call), acts.run("refund 7", call)]);
  expect(ids).toEqual(["id-1"]);
});

test("what the server could not answer is tried again under the same id", async () => {
  const ids: string[] = [];
  const answer = await someActs().run("take 7", async (id) => {
    ids.push(id);
    if (ids.length < 3) throw away;
    return "taken";
  });
  expect(answer).toBe("taken");
  expect(ids).toEqual(["id-1", "id-1", "id-1"]);
});

test("pressed again after no answer came, it is still the same act", async () => {
  const acts = someActs();
  const fail = () => Promise.reject(away);
  await expect(acts.run("take 7", fail)).rejects.toBe(away);
  expect(await acts.run("take 7", async (id) => id)).toBe("id-1");
  expect(await acts.run("take 7", async (id) => id)).toBe("id-2");
});

test("a refusal is not tried again, and the next press is a new act", async () => {
  const acts = someActs();
  const ids: string[] = [];
  const refuse = async (id: string) => {
    ids.push(id);
    throw refused;
  };
  await expect(acts.run("cancel 7", refuse)).rejects.toBe(refused);
  await expect(acts.run("cancel 7", refuse)).rejects.toBe(refused);
  expect(ids).toEqual(["id-1", "id-2"]);
});

test("another amount is another act, also while the first one runs", async () => {
  const acts = someActs();
  const call = async (id: string) => id;
  expect(await Promise.all([acts.run("refund 7 all", call), acts.run("refund 7 200", call)])).toEqual(["id-1", "id-2"]);
});
