import express, { type RequestHandler } from "express";
import { expect, onTestFinished, test } from "vitest";
import { listen } from "./listen.ts";
import { allowImages, headersOfHelmet, securityHeaders } from "./securityHeaders.ts";

async function headersWith(handler: RequestHandler): Promise<Record<string, string>> {
  const app = express().disable("x-powered-by").use(handler);
  const server = await listen(
    app.get("/", (_, response) => void response.json({})),
    "127.0.0.1",
    0,
  );
  onTestFinished(() => server.close(0));
  const { headers } = await fetch(`http://127.0.0.1:${server.port}/`);
  return Object.fromEntries([...headers].filter(([name]) => name !== "date"));
}

test("the constant headers are those that helmet itself answers with", async () => {
  const ours = await headersWith(securityHeaders());
  expect(ours).toEqual(await headersWith(headersOfHelmet));
  expect(ours["x-content-type-options"]).toBe("nosniff");
});

test("images of named origins are allowed, and nothing else is", async () => {
  const origins = ["https://pictures.example", "https://cdn.example:8443"];
  const before = (await headersWith(securityHeaders()))["content-security-policy"] ?? "";
  const after = (await headersWith(allowImages(origins)))["content-security-policy"] ?? "";
  const images = (policy: string) => policy.split(";").find((part) => part.startsWith("img-src")) ?? "";
  expect(images(after)).toBe(`${images(before)} ${origins.join(" ")}`);
  const others = (policy: string) =>
    policy
      .split(";")
      .filter((part) => part !== images(policy))
      .sort();
  expect(others(after)).toEqual(others(before));
});
