import fc from "fast-check";
import { expect, test } from "vitest";
import { localPath } from "./localPath.ts";

test.each([
  [undefined, "/staff/"],
  ["/staff/", "/staff/"],
  ["/staff/orders?number=A1B2#x", "/staff/orders?number=A1B2#x"],
  ["/staff/a/../orders", "/staff/orders"],
])("%s is a place to return to", (wanted, expected) => {
  expect(localPath(wanted)).toBe(expected);
});

test.each([
  "https://evil.example/staff/",
  "//evil.example/staff/",
  "/\\evil.example",
  "/staff/\\..\\..\\evil",
  "/staff/../../evil",
  "/staff/%2e%2e/%2e%2e/evil",
  "/staff/\n/evil",
  "/staff",
  "/orders",
  "staff/",
  "javascript:alert(1)",
  "/staff/logout",
  "/staff/LogOut",
  "/staff/login?return_to=/staff/",
  "",
  ["/staff/"],
  { a: "/staff/" },
])("%j is not", (wanted) => {
  expect(localPath(wanted)).toBeUndefined();
});

test("whatever is asked for, a browser stays on the staff's page", () => {
  fc.assert(
    fc.property(fc.webUrl({ withFragments: true }), fc.string(), (url, text) => {
      for (const wanted of [url, text, `/staff/${text}`, `//${text}`, `/staff/..${text}`]) {
        const path = localPath(wanted);
        if (path === undefined) continue;
        const led = new URL(path, "https://shop.example");
        expect([led.origin, led.pathname.startsWith("/staff/")]).toEqual(["https://shop.example", true]);
      }
    }),
  );
});
