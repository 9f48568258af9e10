import { randomUUID } from "node:crypto";
import { Code } from "@connectrpc/connect";
import { SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, test } from "vitest";
import { memoryKeep } from "#common/dapr/memory";
import { StaffService } from "#common/genproto/staff/v1/staff_pb";
import { sealedWith } from "#common/signIn/seal";
import { roles } from "../../domain/roles.ts";
import { behind } from "../../testing/fakes.ts";
import { cookieOf, secret, staffHttp } from "../../testing/staff.ts";
import { type Call, mayCall } from "../access.ts";

const refusedAs = (code: Code, words?: RegExp) =>
  expect.objectContaining({ code, ...(words && { rawMessage: expect.stringMatching(words) }) });
const json = { "content-type": "application/json", "connect-protocol-version": "1" };
const refund = () => ({ requestId: randomUUID(), reason: "cold", orderId: "o1" });

describe("nobody is let in by", () => {
  const claims = new UnsecuredJWT({ roles: ["owner"] }).setSubject("u1").setExpirationTime("1h");
  const guest = new SignJWT({ roles: ["owner"] }).setProtectedHeader({ alg: "HS256" }).setSubject("u1");
  const guestToken = () =>
    guest.setIssuer("gorder").setAudience("gorder-customers").sign(new TextEncoder().encode(secret));
  const account = async (name: string) => {
    const session = { id: "1", subject: "u1", name: "", roles: ["owner"], startedAt: 0, renewAt: 9e12, endsAt: 9e12 };
    return { cookie: `${name}=${await sealedWith([secret], "gorder-customers").seal("session", session, 9e12)}` };
  };
  const doors: Record<string, () => Promise<Record<string, string>>> = {
    nothing: async () => ({}),
    "a guest's cookie": async () => ({ cookie: `gorder_session=${await guestToken()}` }),
    "a guest's token in the staff's cookie": async () => ({ cookie: `gorder_staff=${await guestToken()}` }),
    "a customer's account, sealed with the same secret": () => account("gorder_staff"),
    "a customer's account in its own cookie": () => account("gorder_account"),
    "a guest's token as a bearer": async () => ({ authorization: `Bearer ${await guestToken()}` }),
    "the app token": async () => ({ "dapr-api-token": "app-token-0123456789" }),
    "a token with alg none": async () => ({ cookie: `gorder_staff=${claims.encode()}` }),
    "a session that another key sealed": () => sealed({}, "other-secret-0123456789-0123456789"),
    "a session that has ended": () => sealed({ endsAt: Date.now() - 60_000 }),
  };
  const sealed = async (own: object, by?: string) => ({ cookie: await cookieOf(["owner"], own, by) });
  test.each(Object.entries(doors))("%s", async (_, headers) => {
    const { api } = await staffHttp();
    await expect(api(await headers()).getMe({})).rejects.toEqual(refusedAs(Code.Unauthenticated, /Sign in first/));
  });
});

describe.each(roles)("a %s", (role) => {
  test.each(StaffService.methods.map((method) => [method.name, method] as const))(
    "%s: let in, or refused in words",
    async (_, method) => {
      const { as, logger, metrics } = await staffHttp();
      const call = (await as(role))[method.localName as Call] as (
        request: object,
      ) => Promise<unknown> | AsyncIterable<unknown>;
      const answer = call({});
      const ended = Symbol.asyncIterator in answer ? answer[Symbol.asyncIterator]().next() : answer;
      const code = await ended.then(
        () => undefined,
        (error: { code: Code }) => error.code,
      );
      expect(code === Code.PermissionDenied).toBe(!mayCall([role], method.localName));
      const isTold = logger.lines.some(
        ({ message, fields }) => message === "refused by role" && fields.call === method.name,
      );
      expect(isTold).toBe(!mayCall([role], method.localName));
      expect(await metrics.registry.metrics()).not.toMatch(/result="failed"/);
    },
  );
});

test("a refusal by role changes nothing, and is counted", async () => {
  const shop = behind();
  const { as, metrics } = await staffHttp({ routes: shop.routes });
  const cook = await as("cook");
  await expect(cook.refundOrder(refund())).rejects.toEqual(refusedAs(Code.PermissionDenied));
  expect(shop.told).toEqual([]);
  expect(await metrics.registry.metrics()).toMatch(
    /gorder_staff_acts_total{action="RefundOrder",result="forbidden",service="staff"} 1/,
  );
});

test("a cook who calls what is the owner's is in the audit, once for however many calls", async () => {
  const { as, service } = await staffHttp({ routes: behind().routes });
  const [cook, owner] = [await as("cook"), await as("owner")];
  for (let times = 0; times < 3; times++)
    await expect(cook.refundOrder(refund())).rejects.toEqual(refusedAs(Code.PermissionDenied));
  const asked = { filter: { subject: "cook-1", action: "role.refuse", target: "RefundOrder" } };
  expect((await owner.searchActs(asked)).records).toMatchObject([
    { name: "A cook", after: '{"RefundOrder":1}', refusal: expect.stringMatching(/cook may not/) },
  ]);
  await service.close();
  expect((await owner.searchActs(asked)).records.map(({ after }) => after)).toEqual(['{"RefundOrder":3}']);
});

test("a refusal is a refusal, also while it cannot be recorded", async () => {
  const keep = memoryKeep();
  const { as } = await staffHttp({ routes: behind().routes, keep });
  keep.save = () => Promise.reject(new Error("away"));
  await expect((await as("cook")).refundOrder(refund())).rejects.toEqual(refusedAs(Code.PermissionDenied));
});

describe("a call with a good cookie is refused when it comes from", () => {
  test.each([
    ["another site", { "sec-fetch-site": "cross-site" }],
    ["a neighbour of ours", { "sec-fetch-site": "same-site" }],
    ["another origin, of a browser that says no more", { origin: "https://evil.example" }],
    ["nowhere", { origin: "" }],
  ])("%s", async (_, headers) => {
    const shop = behind();
    const { api } = await staffHttp({ routes: shop.routes });
    const call = api({ cookie: await cookieOf(["owner"]), ...headers }).refundOrder(refund());
    await expect(call).rejects.toEqual(refusedAs(Code.PermissionDenied, /own page alone/));
    expect(shop.told).toEqual([]);
  });

  test.each([
    ["a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["text", { "content-type": "text/plain" }, 415],
    ["protobuf that is none", { "content-type": "application/proto", "connect-protocol-version": "1" }, 415],
    ["gRPC-Web", { "content-type": "application/grpc-web+proto" }, 415],
    ["gRPC", { "content-type": "application/grpc" }, 415],
    ["JSON without Connect's header", { "content-type": "application/json" }, 400],
  ])("%s", async (_, headers, status) => {
    const shop = behind();
    const { url } = await staffHttp({ routes: shop.routes });
    const cookie = await cookieOf(["owner"]);
    const path = `${url}/staff/api/staff.v1.StaffService/RefundOrder`;
    const [method, body] = ["POST", JSON.stringify(refund())];
    const response = await fetch(path, { method, body, headers: { cookie, origin: url, ...headers } });
    expect([response.status, shop.told]).toEqual([status, []]);
  });
});

test("a reason is kept without what turns or hides the words around it", async () => {
  const shop = behind();
  const { as } = await staffHttp({ routes: shop.routes });
  await (await as("cashier")).refundOrder({ ...refund(), reason: "too \u202ecold\u0000\n " });
  expect(shop.told).toMatchObject([{ reason: "too  cold" }]);
});

test.each(["", "{", "[]", "null", "[".repeat(60_000)])("bytes that are no request are refused: %#", async (body) => {
  const { url } = await staffHttp();
  const headers = { ...json, cookie: await cookieOf(["owner"]), origin: url };
  const response = await fetch(`${url}/staff/api/staff.v1.StaffService/RefundOrder`, { method: "POST", body, headers });
  expect([response.status, await response.json()]).toEqual([
    400,
    expect.objectContaining({ code: "invalid_argument" }),
  ]);
});

test("an act has the name of who is signed in, whatever the page says", async () => {
  const shop = behind();
  const { as } = await staffHttp({ routes: shop.routes });
  const asked = refund();
  const { file } = await (await as("cashier")).refundOrder(asked);
  expect(file?.number).toBe("A1B2C3");
  expect(shop.told).toMatchObject([
    { requestId: asked.requestId, subject: "cashier-1", name: "A cashier", reason: "cold" },
  ]);
});

test("an act that is asked for twice is done once", async () => {
  const shop = behind();
  const { as } = await staffHttp({ routes: shop.routes });
  const [cashier, asked] = [await as("cashier"), refund()];
  await Promise.all([cashier.refundOrder(asked), cashier.refundOrder(asked)]);
  expect(shop.told).toHaveLength(1);
});

test.each([
  ["a request id that is none", { requestId: "1" }, /request_id/],
  ["no reason", { reason: "  " }, /reason/],
  ["a reason that nobody can read", { reason: "\u200b \u2060\ufeff" }, /reason/],
  ["a novel for a reason", { reason: "x".repeat(501) }, /reason/],
])("%s is refused with the field's name", async (_, wrong, words) => {
  const shop = behind();
  const { as } = await staffHttp({ routes: shop.routes });
  const call = (await as("owner")).refundOrder({ ...refund(), ...wrong });
  await expect(call).rejects.toEqual(refusedAs(Code.InvalidArgument, words));
  expect(shop.told).toEqual([]);
});

test("a refusal of the service behind keeps its code and its words", async () => {
  const { as, metrics } = await staffHttp({ routes: behind().routes });
  const call = (await as("owner")).refundOrder({ ...refund(), amount: { amount: 1_000n, currency: "eur" } });
  await expect(call).rejects.toEqual(refusedAs(Code.FailedPrecondition, /Only €9.00 are left/));
  expect(await metrics.registry.metrics()).toMatch(/action="RefundOrder",result="refused",service="staff"} 1/);
});

test("an error that nobody expected shows nothing of itself", async () => {
  const deadLetters = { list: () => Promise.reject(new Error("secret of ours")) } as never;
  const { as, logger } = await staffHttp({ deadLetters });
  const call = (await as("owner")).listDeadLetters({});
  await expect(call).rejects.toEqual(refusedAs(Code.Internal, /^internal error$/));
  expect(logger.lines.some(({ error }) => String(error).includes("secret of ours"))).toBe(true);
});

test("who one is comes also when stock is away; then nothing is said of the shop", async () => {
  const shop = behind();
  const { as } = await staffHttp({ routes: shop.routes });
  const cook = await as("cook");
  expect((await cook.getMe({})).shop).toMatchObject({ closed: true });
  shop.away.add("stock");
  const { subject, shop: unknown } = await cook.getMe({});
  expect([subject, unknown]).toEqual(["cook-1", undefined]);
});
