import { expect, onTestFinished, test } from "vitest";
import { silentLogger } from "#common/logging";
import { Guest } from "../ops/demo/guest.ts";
import { startEmbedded } from "./embedded.ts";

/** The whole system in this process, and a member of staff and a guest in it. */
async function open() {
  const gorder = await startEmbedded({ port: 0, cooks: 1, cookSeconds: 0, logger: () => silentLogger });
  onTestFinished(gorder.close);
  const { url } = gorder;
  const owner = gorder.staff.find(({ role }) => role === "owner")?.url ?? "";
  const [staff = ""] = (await fetch(owner, { redirect: "manual" })).headers.getSetCookie();
  const { path, token } = await Guest.arrive(url);
  const getMe = async (cookie: string) => {
    const headers = { cookie, origin: url, "content-type": "application/json", "connect-protocol-version": "1" };
    const path = `${url}/staff/api/staff.v1.StaffService/GetMe`;
    return (await fetch(path, { method: "POST", headers, body: "{}" })).status;
  };
  const orders = async (headers: Record<string, string>) => (await fetch(`${url}${path}`, { headers })).status;
  return { url, token, staff: staff.split(";")[0] ?? "", getMe, orders };
}

test("a member of staff opens no guest's door, and a guest none of the staff's", async () => {
  const { token, staff, getMe, orders } = await open();
  const sealed = staff.slice(staff.indexOf("=") + 1);
  expect([await getMe(staff), await orders({ authorization: `Bearer ${token}` })]).toEqual([200, 200]);
  expect([await getMe(`gorder_staff=${token}`), await getMe(`gorder_session=${token}`)]).toEqual([401, 401]);
  expect([await orders({ cookie: staff }), await orders({ cookie: `gorder_session=${sealed}` })]).toEqual([401, 401]);
  expect(await orders({ authorization: `Bearer ${sealed}` })).toBe(401);
});

test("what begins like the staff's paths and is none of them is the guests' page's to answer", async () => {
  const { url } = await open();
  expect((await fetch(`${url}/staffed`, { headers: { accept: "application/json" } })).status).toBe(404);
  expect((await fetch(`${url}/staff`, { redirect: "manual" })).status).toBe(308);
});
