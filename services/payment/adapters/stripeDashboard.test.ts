import { expect, test } from "vitest";
import { stripeDashboard } from "./stripeDashboard.ts";

test.each([
  ["sk_live_1", undefined, "https://dashboard.stripe.com/payments/pi_1"],
  ["rk_test_1", undefined, "https://dashboard.stripe.com/test/payments/pi_1"],
  ["sk_test_1", "http://127.0.0.1:12111/", "http://127.0.0.1:12111/payments/pi_1"],
])("a payment is seen with %s at %s", (secretKey, apiUrl, url) => {
  expect(stripeDashboard({ secretKey, apiUrl })("pi_1")).toBe(url);
});
