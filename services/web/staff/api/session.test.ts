import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { GetMeResponseSchema } from "#common/genproto/staff/v1/staff_pb";
import { createSession, signInPath } from "./session.ts";

const me = create(GetMeResponseSchema, { subject: "carla", allowed: ["GetMe", "/staff.v1.StaffService/TakeTicket"] });
const ended = new ConnectError("no session", Code.Unauthenticated);

test("only the doors that the service names are open", async () => {
  const session = createSession(() => ({ getMe: async () => me }));
  await session.ask();
  const now = session.store.get();
  if (now.state !== "in") throw new Error(now.state);
  expect([now.may("TakeTicket"), now.may("RefundOrder")]).toEqual([true, false]);
});

test("nobody signed in is told from a service that is away", async () => {
  const out = createSession(() => ({ getMe: () => Promise.reject(ended) }));
  await out.ask();
  expect(out.store.get().state).toBe("out");
  const away = new ConnectError("away", Code.Unavailable);
  const broken = createSession(() => ({ getMe: () => Promise.reject(away) }));
  await broken.ask();
  expect(broken.store.get()).toEqual({ state: "broken", error: away });
});

test("a session that ends leaves what was there, and a new one goes on", async () => {
  const session = createSession(() => ({ getMe: async () => me }));
  await session.ask();
  session.end();
  expect(session.store.get()).toMatchObject({ state: "in", ended: true, me });
  await session.ask();
  expect(session.store.get()).toMatchObject({ ended: false });
});

test("one signs in to come back to the place one was at", () => {
  expect(signInPath({ pathname: "/staff/orders", search: "?number=A1&x=ü" })).toBe(
    "/staff/login?return_to=%2Fstaff%2Forders%3Fnumber%3DA1%26x%3D%C3%BC",
  );
  expect(signInPath({ pathname: "/staff", search: "" })).toBe("/staff/login?return_to=%2Fstaff%2F");
});
