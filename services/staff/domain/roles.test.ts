import { describe, expect, test } from "vitest";
import { claimIn, rolesIn } from "./roles.ts";

describe("the roles of a claim", () => {
  test.each([
    ["a list", ["owner", "cook"], ["cook", "owner"]],
    ["a text", "cook cashier", ["cook", "cashier"]],
    ["a text with commas", "cook,owner", ["cook", "owner"]],
    ["other systems' roles", ["admin", "cook", "Owner"], ["cook"]],
    ["no role", [], []],
    ["nothing", undefined, []],
    ["an object", { owner: true }, []],
    ["numbers", [3], []],
  ])("%s", (_, claim, expected) => {
    expect(rolesIn(claim)).toEqual(expected);
  });
});

describe("a claim is found", () => {
  test.each([
    ["by its name", { roles: ["cook"] }, "roles", ["cook"]],
    ["by a name with dots", { "https://shop.example/roles": ["cook"] }, "https://shop.example/roles", ["cook"]],
    ["inside another", { realm_access: { roles: ["cook"] } }, "realm_access.roles", ["cook"]],
    ["nowhere", { realm_access: null }, "realm_access.roles", undefined],
    ["nowhere in what every object has", {}, "constructor.name", undefined],
  ])("%s", (_, claims, name, expected) => {
    expect(claimIn(claims, name)).toEqual(expected);
  });
});
