import * as crypto from "node:crypto";
import express from "express";
import { expect, onTestFinished, test, vi } from "vitest";
import { silentLogger } from "#common/logging";
import { requireAppToken, tokenCheck, tokenHeader } from "./appToken.ts";
import { listen } from "./listen.ts";
import { problemHandler } from "./problem.ts";

vi.mock("node:crypto", async (original) => {
  const real = await original<typeof crypto>();
  return { ...real, timingSafeEqual: vi.fn(real.timingSafeEqual) };
});

const token = "0123456789abcdef";

test("the token passes, and nothing else does", () => {
  const matches = tokenCheck(token);
  expect(matches(token)).toBe(true);
  for (const wrong of [undefined, null, "", " ", `${token} `, token.slice(1), token.toUpperCase(), `${token}0`])
    expect(matches(wrong)).toBe(false);
});

test("tokens of any length are compared in constant time", () => {
  const matches = tokenCheck(token);
  for (const given of ["0", token, "0123456789abcdeX", "x".repeat(1000)]) {
    vi.mocked(crypto.timingSafeEqual).mockClear();
    matches(given);
    const [sides] = vi.mocked(crypto.timingSafeEqual).mock.calls;
    expect(sides?.map(({ byteLength }) => byteLength)).toEqual([32, 32]);
  }
});

test("a request without the token gets 401 and does not reach the route", async () => {
  const route = vi.fn((_: unknown, response: express.Response) => void response.end());
  const app = express().use(requireAppToken(token)).use(route).use(problemHandler(silentLogger));
  const server = await listen(app, "127.0.0.1", 0);
  onTestFinished(() => server.close());
  const ask = (headers: Record<string, string>) => fetch(`http://127.0.0.1:${server.port}/`, { headers });

  for (const headers of [{}, { [tokenHeader]: "another" }, { [tokenHeader]: "" }, { authorization: token }]) {
    expect((await ask(headers as Record<string, string>)).status).toBe(401);
  }
  expect(route).not.toHaveBeenCalled();
  expect((await ask({ [tokenHeader]: token })).status).toBe(200);
});
