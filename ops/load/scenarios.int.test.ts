import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { silentLogger } from "#common/logging";
import { ensurePrograms } from "../../dev/programs/ensure.ts";
import { startEmbedded } from "../../services/embedded.ts";
import { type K6Metrics, missed } from "./k6.ts";
import { runScenario } from "./scenarios.ts";
import { type Meddle, startLiar } from "./testing.ts";

const honest: Meddle = (_, answer) => answer;
let folder: string;

beforeAll(async () => {
  await ensurePrograms(["k6"]);
  folder = await mkdtemp(join(tmpdir(), "gorder-load-"));
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A flash sale of the dish of which three are left, in a Gorder behind this proxy. */
async function flashSale(name: string, meddle: Meddle) {
  const gorder = await startEmbedded({ port: 0, cooks: 8, cookSeconds: 0, logger: () => silentLogger });
  const liar = await startLiar(gorder.url, meddle);
  const file = join(folder, `${name}.json`);
  try {
    const env = { URL: liar.url, SUMMARY: file, BUYERS: "12", THINK: "0" };
    const code = await runScenario("flash-sale", { env, silent: true });
    const { metrics } = JSON.parse(await readFile(file, "utf8")) as { metrics: K6Metrics };
    const count = (metric: string) => metrics[metric]?.values.count ?? 0;
    return { code, missed: missed({ metrics }), count };
  } finally {
    liar.close();
    await gorder.close();
  }
}

const isOrders = (path: string) => path.includes("/orders?");

describe.concurrent("a flash sale", { timeout: 240_000 }, () => {
  test("sells every unit once and tells all others so", async () => {
    const { code, missed, count } = await flashSale("honest", honest);
    expect({ code, missed }).toEqual({ code: 0, missed: [] });
    expect([count("orders_accepted"), count("orders_sold_out")]).toEqual([3, 9]);
  });

  test("goes on with the same key when an answer is lost or comes too soon", async () => {
    let posts = 0;
    const { code, missed, count } = await flashSale("lossy", ({ method, path }, answer) => {
      if (method !== "POST" || !path.endsWith("/orders")) return answer;
      posts += 1;
      if (posts % 3 === 0) return { ...answer, status: 503 };
      return posts % 3 === 1 ? { ...answer, status: 429, headers: { "retry-after": "1" } } : answer;
    });
    expect({ code, missed }).toEqual({ code: 0, missed: [] });
    expect(count("orders_accepted")).toBe(3);
    expect(count("retries")).toBeGreaterThan(0);
    expect(count("throttled")).toBeGreaterThan(0);
  });

  test("misses an order that the server forgot", async () => {
    const { code, missed } = await flashSale("forgetful", ({ path }, answer) =>
      isOrders(path) ? { ...answer, body: JSON.stringify({ orders: [] }) } : answer,
    );
    expect(code).toBe(99);
    expect(missed).toContain("orders_lost: count==0");
  });

  test("sees units that are gone and that nobody ordered", async () => {
    let menus = 0;
    const { code, missed } = await flashSale("leaking", ({ path }, answer) => {
      if (path !== "/api/products") return answer;
      menus += 1;
      return menus === 1 ? answer : { ...answer, body: answer.body.replace('"available":200', '"available":199') };
    });
    expect(code).toBe(99);
    expect(missed).toEqual(["units_unaccounted: count==0"]);
  });

  test("sees orders that were made and refused at once", async () => {
    const { code, missed } = await flashSale("stingy", ({ method, path }, answer) =>
      method === "POST" && path.endsWith("/orders")
        ? { status: 409, body: '{"type":"/problems/out-of-stock"}', headers: {} }
        : answer,
    );
    expect(code).toBe(99);
    expect(missed).toContain("orders_unasked: count==0");
  });
});
