import { expect, inject, test } from "vitest";
import { tokenHeader } from "#common/http/appToken";

const { apps, appApiToken } = inject("stack");

test.each(["order", "stock", "payment", "staff"] as const)(
  "%s says how far its own clock is off the one that its deadlines go by",
  async (app) => {
    const numbers = async () =>
      (await fetch(`${apps[app].appUrl}/metrics`, { headers: { [tokenHeader]: appApiToken } })).text();
    await expect.poll(numbers).toMatch(/^gorder_clock_skew_seconds\{.*\} -?[\d.]+(e-\d+)?$/m);
  },
);
