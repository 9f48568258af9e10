import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { pageApp, pageHealth } from "./page.ts";

async function get(path: string, accept = "text/html", more: Record<string, string> = {}) {
  const webDir = mkdtempSync(join(tmpdir(), "gorder-page-"));
  writeFileSync(join(webDir, "index.html"), "<title>menu</title>");
  mkdirSync(join(webDir, "assets"));
  writeFileSync(join(webDir, "assets", "menu-1a2b.js"), "menu()");
  const http = await listen(pageApp(webDir, silentLogger, ["https://pictures.example"]), "127.0.0.1", 0);
  onTestFinished(async () => {
    await http.close();
    rmSync(webDir, { recursive: true });
  });
  return fetch(`http://127.0.0.1:${http.port}${path}`, { headers: { accept, ...more } });
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

test.each([
  ["an old page's, after an update", "/assets/menu-old.js"],
  ["none at all", "/assets/"],
  ["a way out of the folder", "/assets/..%2f..%2f..%2fetc%2fpasswd"],
  ["a file taken for a folder", "/assets/menu-1a2b.js/more"],
  ["a name that no disk takes", `/assets/${"x".repeat(300)}.js`],
])("a file that is %s is a 404, and no fault of ours", async (_, path) => {
  const response = await get(path, "*/*");
  expect([response.status, response.headers.get("cache-control")]).toEqual([404, "no-store"]);
  expect(await response.json()).toMatchObject({ type: "/problems/not-found", traceId: expect.any(String) });
});

test.each([
  ["a part that the file has not", { range: "bytes=100-" }, 416],
  ["a file that is another one by now", { "if-match": '"old"' }, 412],
])("%s is refused with what to do, and the refusal is not kept", async (_, headers, status) => {
  for (const path of ["/assets/menu-1a2b.js", "/"]) {
    const response = await get(path, "*/*", headers);
    expect([response.status, response.headers.get("cache-control"), response.headers.get("etag")]).toEqual([
      status,
      "no-store",
      null,
    ]);
    expect(await response.json()).toMatchObject({ type: "/problems/invalid-request", status });
  }
});

test("the probe has a listener of its own, which knows nothing else", async () => {
  const health = await listen(pageHealth(silentLogger), "127.0.0.1", 0);
  onTestFinished(() => health.close());
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${health.port}${path}`)).status;
  expect([await ask("/healthz"), await ask("/")]).toEqual([200, 404]);
});
