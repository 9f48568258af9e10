import { expect, inject, test } from "vitest";
import { ping } from "./database.ts";
import { temporaryPool } from "./testing.ts";

/** The server of the tests offers no TLS. */
const server = inject("stack").mysqlUrl;

test.each(["REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY"])(
  "with ssl-mode=%s nothing is said in plain text to a server that offers no TLS",
  async (mode) => {
    await expect(ping(temporaryPool(`${server}?ssl-mode=${mode}`))).rejects.toThrow(/secure connection/);
  },
);

test("with ssl-mode=DISABLED it is spoken to as it is", async () => {
  await ping(temporaryPool(`${server}?ssl-mode=DISABLED`));
});
