import { afterAll, beforeAll, expect, test } from "vitest";
import { makeSecuredPlace, redisWithTls, type Secured } from "../../../proof/testing/secured.ts";
import { demandRefusal, securedSidecar, type Ways } from "../../../proof/testing/securedSidecar.ts";
import { connectSidecar } from "./sidecar.ts";

let place: Secured;
let ways: Ways & { redis: object };
beforeAll(async () => {
  place = await makeSecuredPlace();
  const { context, authority, tlsPort } = place;
  await place.fleet.start("servers", redisWithTls(context, await authority.issue("redis"), "gorder", tlsPort));
  const redis = { host: `localhost:${tlsPort}`, user: "gorder", password: context.secrets.redisPassword };
  ways = { redis, ca: authority.ca };
}, 60_000);
afterAll(() => place.end());

/** Starts a sidecar, asks something of it, and ends it. */
async function withSidecar<T>(its: Ways, ask: (sidecar: ReturnType<typeof connectSidecar>) => Promise<T>): Promise<T> {
  const { context, fleet } = place;
  await fleet.start("sidecars", securedSidecar(place, its));
  try {
    const apiToken = context.secrets.daprApiToken;
    return await ask(connectSidecar({ grpcPort: context.ports["testapp-dapr-grpc"], apiToken }));
  } finally {
    await fleet.kill("testapp-dapr");
  }
}

const meal = { dish: "soup" };

test("state and locks work by TLS, as a user with a name", async () => {
  await withSidecar(ways, async ({ state, locks }) => {
    await state.save("meal", meal);
    expect((await state.get("meal"))?.value).toEqual(meal);
    expect(await locks.withLock("stove", 5, async () => {})).toBe(true);
  });
});

test("Dapr's component checks no certificate: an authority that signed nothing is as good as the right one", async () => {
  const stranger = { ...ways, ca: place.stranger.ca };
  expect((await withSidecar(stranger, ({ state }) => state.get("meal")))?.value).toEqual(meal);
});

test.each([
  ["password", { password: "wrong" }],
  ["user", { user: "nobody" }],
])(
  "a sidecar with a wrong %s does not start, and its last word is which component could not be reached and why",
  async (_, wrong) => {
    const redis = { ...ways.redis, ...wrong } as Ways["redis"] & object;
    await demandRefusal(place, { ...ways, redis }, /(lock|state)store.*WRONGPASS/s);
  },
);
