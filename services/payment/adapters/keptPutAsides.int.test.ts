import { createConnection } from "node:net";
import { expect, inject, test } from "vitest";
import { connectSidecar } from "#common/dapr/sidecar";
import { aPutAside } from "../testing/putAsides.ts";
import { putAsidesContract } from "../testing/putAsidesContract.ts";
import { formerMoney } from "./formerMoney.ts";
import { keptPutAsides } from "./keptPutAsides.ts";

const { testSidecar, daprApiToken, redis } = inject("stack");
const { keep, state } = connectSidecar({ grpcPort: testSidecar.grpcPort, apiToken: daprApiToken });
putAsidesContract("MySQL", () => keep);

/** Forgets what our own keys hold, as a FLUSHALL does; other tests' are left alone. */
async function emptyRedis(pattern: string): Promise<string> {
  const script = `for _,k in ipairs(redis.call('keys', ARGV[1])) do redis.call('del', k) end return 'done'`;
  const words = ["EVAL", script, "0", pattern];
  const line = `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`;
  const socket = createConnection(redis.port, redis.host);
  socket.write(`AUTH ${redis.password}\r\n${line}`);
  let answer = "";
  for await (const chunk of socket) {
    answer += chunk;
    if (answer.includes("done") || answer.includes("-")) break;
  }
  socket.destroy();
  return answer;
}

test("Redis is emptied, and money put aside is still there", async () => {
  const message = aPutAside(`evt_${crypto.randomUUID()}`);
  await state.save(`put-aside-flushed-${message.eventId}`, message);
  const putAsides = keptPutAsides(keep, formerMoney(state));
  await putAsides.add(message);
  expect(await emptyRedis(`*put-aside*${message.eventId}*`)).toContain("done");
  expect(await state.get(`put-aside-flushed-${message.eventId}`)).toBeUndefined();
  expect(await keptPutAsides(keep, formerMoney(state)).find(message.eventId)).toEqual(message);
  expect((await putAsides.page({ limit: 1_000 })).messages).toContainEqual(message);
});
