import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = import.meta.dirname;

/** Who looks at the process's own clock, and why a clock that is ten minutes off, or jumps, does no harm there. */
const own: Readonly<Record<string, string>> = {
  "common/connect/grpcCall.ts": "gRPC's way to say how long: it is read at once, in this process",
  "order/adapters/orderDocument.ts": "for an order without a history, which there is none of",
  "order/adapters/sessions.ts":
    "tokens of a month, or of an hour that the page renews; the provider's are its own affair",
  "order/ports/http/eventStream.ts": "as the tokens that streams end with",
  "order/ports/http/session.ts": "how long a token has from now, said by who made it",
};

const sources = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
  (file) =>
    /\.ts$/.test(file) && !/\.(test|suite)\.ts$|(^|\/)testing(\/|\.ts)|^(web|standin)\/|^common\/genproto\//.test(file),
);
const read = (file: string) => readFileSync(join(root, file), "utf8");

test("nobody else of the services asks their own clock what time it is: it is handed in", () => {
  const asking = sources.filter((file) => /\bDate\.now\(\)|\bnew Date\(\)/.test(read(file)));
  expect(asking.sort()).toEqual(Object.keys(own).sort());
});

test.each(["order", "stock", "payment", "staff"])(
  "%s is told the time of a clock that its replicas share",
  (service) => {
    const main = read(`${service}/main.ts`);
    expect(main).toMatch(/const clock = .*sharedClock(OrOwn)?\(/);
    expect(main).toMatch(/^ {6}now: clock\.now,$/m);
  },
);

test("prices that replicas share are of an age by their shared clock", () => {
  expect(read("stock/main.ts")).toMatch(/sharedPrices\([^;]*logger, clock\.now\),\s*logger,\s*clock\.now,/);
});
