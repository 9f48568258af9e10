import { describe, expect, test } from "vitest";
import { StaffService } from "#common/genproto/staff/v1/staff_pb";
import { roles } from "../domain/roles.ts";
import { access, allowedTo, mayCall } from "./access.ts";

const rows = Object.keys(access).sort();

test("every RPC of the contract has a row, and every row an RPC", () => {
  expect(StaffService.methods.length).toBeGreaterThan(20);
  expect(rows).toEqual(StaffService.methods.map(({ localName }) => localName).sort());
});

test.each(Object.entries(access))("%s is somebody's, and the owner's", (_, allowed) => {
  expect(allowed).toContain("owner");
});

describe("nobody may call", () => {
  test.each(["", "purge", "constructor", "__proto__", "toString", "GetMe"])("%j, which has no row", (call) => {
    expect(mayCall(roles, call)).toBe(false);
  });
});

test("who has no role may call nothing", () => {
  expect(allowedTo([])).toEqual([]);
});

// The contract says in comments who may do what; this says it a second time, in the words of the issue.
test.each([
  ["cook", "TakeTicket FinishTicket SetSoldOut ListDishes", "MoveStock RefundOrder SearchOrders GetTakings SearchActs"],
  ["cashier", "SearchOrders CancelOrder RefundOrder ListDishes", "TakeTicket SetSoldOut PutDish GetTakings ListMoney"],
] as const)("a %s is let at their own work alone", (role, own, others) => {
  const allowed = allowedTo([role]);
  expect(allowed).toEqual(expect.arrayContaining(own.split(" ")));
  expect(allowed.filter((name) => others.split(" ").includes(name))).toEqual([]);
});
