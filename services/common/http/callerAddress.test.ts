import { expect, test } from "vitest";
import { callerAddress } from "./callerAddress.ts";

const same = (...spellings: string[]) => new Set(spellings.map((ip) => callerAddress({ ip }))).size === 1;

test("an IPv4 address is one, whatever port it came from", () => {
  expect(callerAddress({ ip: "203.0.113.7" })).toBe("203.0.113.7");
  expect(
    same("203.0.113.7", "203.0.113.7:50001", "203.0.113.7:50010", "::ffff:203.0.113.7", "[::ffff:203.0.113.7]:1"),
  ).toBe(true);
  expect(same("203.0.113.7", "203.0.113.8")).toBe(false);
});

test("an IPv6 address is its network, with or without brackets, port and zone", () => {
  expect(same("2001:db8::1", "2001:db8::ffff:1", "[2001:db8::1]", "[2001:db8::2]:443", "2001:DB8:0:0::3%eth0")).toBe(
    true,
  );
  expect(same("2001:db8::1", "2001:db9::1")).toBe(false);
});

test("what is no address is nobody in particular", () => {
  expect(same("unknown", "_hidden", "203.0.113.7:x", "[2001:db8::1", "999.1.1.1:1", "")).toBe(true);
  expect(callerAddress({})).toBe("unknown");
});
