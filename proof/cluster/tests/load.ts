import { setTimeout as wait } from "node:timers/promises";
import { expect } from "vitest";
import { jobObjects } from "../../../ops/load/job.ts";
import { apply, kubectl } from "../kubectl.ts";

/** How long after a run of k6 the next one begins: when the guests of the first become fewer. */
const turnMs = 40_000;

/** Guests in the cluster who order, pay and wait for their meal, and ask again when the shop is in trouble. */
export type Load = {
  /** Lets no new guests come. @returns how many orders were accepted: each became a meal, and none was lost. */
  end(): Promise<number>;
};

/** Sends so many guests a second, until told to end: in jobs that take turns. */
export async function startLoad(rate: number): Promise<Load> {
  const jobs = [await newJob(rate, 1)];
  const ended = new AbortController();
  const turns = async () => {
    for (;;) {
      await wait(turnMs, undefined, { signal: ended.signal }).catch(() => {});
      if (ended.signal.aborted) return;
      jobs.push(await newJob(rate, jobs.length + 1));
    }
  };
  const taking = turns();
  // The caller of end() hears of it.
  taking.catch(() => {});
  return {
    async end() {
      ended.abort();
      await taking;
      let accepted = 0;
      for (const job of jobs) accepted += await countServed(job);
      return accepted;
    },
  };
}

async function newJob(rate: number, turn: number): Promise<string> {
  const settings = { RATE: String(rate), DURATION: "10s", THINK: "0.3", ALONE: "no", PATIENCE_SECONDS: "180" };
  const name = `gorder-load-${turn}`;
  await kubectl("delete", `job/${name}`, "--ignore-not-found");
  const text = JSON.stringify({ kind: "List", apiVersion: "v1", items: jobObjects("load", settings) });
  await apply(text.replaceAll('"name":"gorder-load-load"', `"name":"${name}"`));
  // On a slow machine it may be through before anybody has seen it begin.
  const begun = () => kubectl("get", `job/${name}`, "--output=jsonpath={.status.ready} {.status.conditions}");
  await expect.poll(begun, { timeout: 240_000 }).toMatch(/^1|"(Complete|Failed)"/);
  return `job/${name}`;
}

type Metric = { values: Record<string, number> };

/** Waits for a job's last guest, and demands that what k6 says then is good. */
async function countServed(job: string): Promise<number> {
  // k6 fails when a threshold is missed, of which those for times mean nothing here.
  const conditions = () => kubectl("get", job, "--output=jsonpath={.status.conditions}");
  await expect.poll(conditions, { timeout: 600_000, interval: 1_000 }).toMatch(/"(Complete|Failed)"/);
  const output = await kubectl("logs", job);
  const summary = output.split("\n").findLast((line) => line.startsWith("{"));
  expect(summary, output).toBeDefined();
  const { metrics } = JSON.parse(summary ?? "") as { metrics: Record<string, Metric> };
  const value = (name: string, statistic = "count") => metrics[name]?.values[statistic] ?? 0;
  const faults = {
    failed: value("orders_failed", "passes"),
    unfinished: value("orders_unfinished"),
    lost: value("orders_lost"),
    unasked: value("orders_unasked"),
  };
  expect(faults, output).toEqual({ failed: 0, unfinished: 0, lost: 0, unasked: 0 });
  expect(value("orders_accepted"), output).toBeGreaterThan(0);
  return value("orders_accepted");
}
