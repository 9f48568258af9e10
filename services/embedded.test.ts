import { expect, onTestFinished, test } from "vitest";
import { silentLogger } from "#common/logging";
import { startEmbedded } from "./embedded.ts";

test("a browser that comes by 127.0.0.1 goes on at the host that payments return to, and no other request does", async () => {
  const gorder = await startEmbedded({ port: 0, cooks: 1, cookSeconds: 0, logger: () => silentLogger });
  onTestFinished(gorder.close);
  const near = gorder.url.replace("localhost", "127.0.0.1");
  const ask = async (address: string, accept = "text/html,*/*;q=0.8") => {
    const { status, headers } = await fetch(address, { headers: { accept }, redirect: "manual" });
    return [status, headers.get("location")];
  };
  expect(await ask(`${near}/orders?x=1`)).toEqual([307, `${gorder.url}/orders?x=1`]);
  expect(await ask(`${near}//elsewhere.example`)).toEqual([307, `${gorder.url}//elsewhere.example`]);
  expect(await ask(`${near}/api/products`, "application/json")).toEqual([200, null]);
  expect(await ask(`${gorder.url}/staff`)).toEqual([308, "/staff/"]);
});
