import { expect, inject, test } from "vitest";
import { connectSidecar } from "#common/dapr/sidecar";
import { askRedis } from "#common/testing/redis";
import { putAsidesContract } from "../testing/putAsides.suite.ts";
import { aPutAside } from "../testing/putAsides.ts";
import { formerMoney } from "./formerMoney.ts";
import { keptPutAsides } from "./keptPutAsides.ts";

const { testSidecar, daprApiToken, redis } = inject("stack");
const { keep, state } = connectSidecar({ grpcPort: testSidecar.grpcPort, apiToken: daprApiToken });
putAsidesContract("MySQL", () => keep);

test("Redis is emptied, and money put aside is still there", async () => {
  const message = aPutAside(`evt_${crypto.randomUUID()}`);
  await state.save(`in-redis-${message.eventId}`, message);
  const putAsides = keptPutAsides(keep, formerMoney(state));
  await putAsides.add(message);
  // Other tests use this Redis too: of all that a FLUSHALL takes, it takes what bears this id.
  const script = "for _, key in ipairs(redis.call('keys', ARGV[1])) do redis.call('del', key) end return 'done'";
  expect(await askRedis(redis, ["EVAL", script, "0", `*${message.eventId}*`])).toContain("done");
  expect(await state.get(`in-redis-${message.eventId}`)).toBeUndefined();
  expect(await keptPutAsides(keep, formerMoney(state)).find(message.eventId)).toEqual(message);
  expect((await putAsides.page({ limit: 1_000 })).messages).toContainEqual(message);
});
