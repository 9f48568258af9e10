import { expect, it, onTestFinished, vi } from "vitest";
import { type LogFields, silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { sharedClock, sharedClockOrOwn } from "./sharedClock.ts";

const noon = Date.UTC(2026, 0, 1, 12);

/** A clock beside a database where it is noon; ours is so far ahead, and each question takes so long. */
async function given({ aheadMs = 0, takesMs = 0 } = {}) {
  const time = { steady: 5_000, ours: noon + aheadMs, theirs: noon, isAway: false };
  const pass = (ms: number) => {
    for (const clock of ["steady", "ours", "theirs"] as const) time[clock] += ms;
  };
  const metrics = createMetrics("stock", false);
  const warnings: LogFields[] = [];
  const theirs = vi.fn(async () => {
    if (time.isAway) throw new Error("away");
    pass(takesMs / 2);
    const date = new Date(time.theirs);
    pass(takesMs / 2);
    return date;
  });
  const clock = await sharedClock({
    theirs,
    metrics,
    logger: { ...silentLogger, warn: (_, fields = {}) => void warnings.push(fields) },
    ours: () => time.ours,
    steady: () => time.steady,
    everyMs: 1,
  });
  onTestFinished(() => clock.stop());
  const asked = async (times = theirs.mock.calls.length + 2) =>
    vi.waitFor(() => expect(theirs.mock.calls.length).toBeGreaterThanOrEqual(times));
  const skew = async () =>
    /gorder_clock_skew_seconds\{service="stock"\} (\S+)/.exec(await metrics.registry.metrics())?.[1];
  return { clock, time, pass, warnings, asked, skew };
}

it.each([
  { aheadMs: 600_000, said: true },
  { aheadMs: -600_000, said: true },
  { aheadMs: 3_001, said: true },
  { aheadMs: 3_000, said: false },
])(
  "a replica that is $aheadMs ms ahead goes by the database's clock, and says so: $said",
  async ({ aheadMs, said }) => {
    const { clock, pass, skew, warnings } = await given({ aheadMs });
    expect(clock.now()).toBe(noon);
    pass(1_234);
    expect(clock.now()).toBe(noon + 1_234);
    expect(await skew()).toBe(String(aheadMs / 1_000));
    expect(warnings.length > 0).toBe(said);
  },
);

it("a question that takes its time does not make the time wrong", async () => {
  const { clock, time, skew } = await given({ takesMs: 800 });
  expect(clock.now()).toBe(time.theirs);
  expect(await skew()).toBe("0");
});

it("a clock of ours that is set meanwhile changes nothing but the skew", async () => {
  const { clock, time, asked, skew } = await given();
  time.ours += 7_200_000;
  expect(clock.now()).toBe(noon);
  await asked();
  expect(await skew()).toBe("7200");
  expect(clock.now()).toBe(noon);
});

it("while the database is away its last answer counts on, and a clock of its own that was set is followed", async () => {
  const { clock, time, pass, asked } = await given();
  time.isAway = true;
  pass(60_000);
  await asked();
  expect(clock.now()).toBe(noon + 60_000);
  time.isAway = false;
  time.theirs += 5_000;
  await asked();
  expect(clock.now()).toBe(noon + 65_000);
});

it("who can do without goes by its own clock until the first answer, and then by the shared one", async () => {
  const time = { ours: noon + 600_000, isAway: true };
  const metrics = createMetrics("payment", false);
  const clock = sharedClockOrOwn({
    theirs: async () => {
      if (time.isAway) throw new Error("away");
      return new Date(noon);
    },
    metrics,
    logger: silentLogger,
    ours: () => time.ours,
    steady: () => 0,
    everyMs: 1,
  });
  onTestFinished(() => clock.stop());
  expect(clock.now()).toBe(noon + 600_000);
  expect(await metrics.registry.metrics()).not.toMatch(/gorder_clock_skew_seconds\{/);
  time.isAway = false;
  await vi.waitFor(() => expect(clock.now()).toBe(noon));
});

it("who cannot do without does not start while nobody says what time it is", async () => {
  const metrics = createMetrics("order", false);
  const theirs = () => Promise.reject(new Error("away"));
  await expect(sharedClock({ theirs, metrics, logger: silentLogger })).rejects.toThrow("away");
});
