import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { pageApp, pageHealth } from "./page.ts";

async function get(path: string, accept = "text/html") {
  const webDir = mkdtempSync(join(tmpdir(), "gorder-page-"));
  writeFileSync(join(webDir, "index.html"), "<title>menu</title>");
  const http = await listen(pageApp(webDir, silentLogger, ["https://pictures.example"]), "127.0.0.1", 0);
  onTestFinished(async () => {
    await http.close();
    rmSync(webDir, { recursive: true });
  });
  return fetch(`http://127.0.0.1:${http.port}${path}`, { headers: { accept } });
}

test.each(["/", "/orders", "/orders/1"])("%s is the page", async (path) => {
  const response = await get(path);
  expect([response.status, await response.text()]).toEqual([200, "<title>menu</title>"]);
});

test.each(["/metrics", "/readyz", "/events/order.paid", "/order.v1.OrderService/GetOrder", "/api/products"])(
  "%s is not the page's to answer",
  async (path) => {
    expect((await get(path, "application/json")).status).toBe(404);
  },
);

test("the page may not be framed, and runs its own scripts alone", async () => {
  const { headers } = await get("/");
  expect(headers.get("content-security-policy")).toContain("frame-ancestors 'self'");
  expect(headers.get("content-security-policy")).toContain("script-src 'self'");
  expect(headers.get("content-security-policy")).toContain("img-src 'self' data: https://pictures.example;");
});

test("who lost their way goes on to a menu with its pictures: the document is the same", async () => {
  const { status, headers } = await get("/nowhere");
  expect([status, headers.get("content-security-policy")]).toEqual([
    404,
    expect.stringContaining("https://pictures.example;"),
  ]);
});

test("the probe has a listener of its own, which knows nothing else", async () => {
  const health = await listen(pageHealth(silentLogger), "127.0.0.1", 0);
  onTestFinished(() => health.close());
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${health.port}${path}`)).status;
  expect([await ask("/healthz"), await ask("/")]).toEqual([200, 404]);
});
