import { afterAll, beforeAll, expect, test } from "vitest";
import { keepDatabase, keepUser } from "../../../dev/stack/parts/mysql.ts";
import { makeSecuredPlace, mysqlWithTls, type Secured } from "../../../proof/testing/secured.ts";
import { demandRefusal, securedSidecar, type Ways } from "../../../proof/testing/securedSidecar.ts";
import { connectSidecar } from "./sidecar.ts";

let place: Secured;
let ways: Ways;
beforeAll(async () => {
  place = await makeSecuredPlace();
  const { context, authority } = place;
  await place.fleet.start("servers", await mysqlWithTls(context, await authority.issue("mysql")));
  const { ports, secrets } = context;
  const connectionString = `${keepUser}:${secrets.keepPassword}@tcp(localhost:${ports.mysql})/?tls=true`;
  ways = { keep: { connectionString, database: keepDatabase }, ca: authority.ca };
}, 60_000);
afterAll(() => place.end());

test("what nobody may forget is kept by TLS", async () => {
  const { context, fleet } = place;
  await fleet.start("sidecars", securedSidecar(place, ways));
  const apiToken = context.secrets.daprApiToken;
  const { keep } = connectSidecar({ grpcPort: context.ports["testapp-dapr-grpc"], apiToken });
  await keep.save("meal", { dish: "soup" });
  expect((await keep.get("meal"))?.value).toEqual({ dish: "soup" });
  await fleet.kill("testapp-dapr");
});

test("and in nobody else's database: the sidecar's last word is the component, and why", async () => {
  const unknown = /keepstore.*certificate signed by unknown authority/s;
  await demandRefusal(place, { ...ways, ca: place.stranger.ca }, unknown);
});
