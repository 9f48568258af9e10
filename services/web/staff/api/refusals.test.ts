import { Code, ConnectError } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { explain, isPassing } from "./refusals.ts";

test.each([Code.InvalidArgument, Code.FailedPrecondition, Code.NotFound, Code.PermissionDenied, Code.AlreadyExists])(
  "a refusal (code %d) is told in the server's words",
  (code) => {
    expect(explain(new ConnectError("3 are reserved", code)).text).toBe("3 are reserved");
    expect(isPassing(new ConnectError("3 are reserved", code))).toBe(false);
  },
);

test("what went wrong inside is not shown", () => {
  expect(explain(new ConnectError("ECONNREFUSED mysql:3306", Code.Internal)).text).not.toContain("mysql");
  expect(explain(new RangeError("x is not iterable")).text).not.toContain("iterable");
});

test("a network that is away is told from a refusal, and passes", () => {
  const offline = ConnectError.from(new TypeError("Failed to fetch"));
  expect(isPassing(offline)).toBe(true);
  expect(explain(offline).title).toBe("No connection");
  expect(explain(new ConnectError("the kitchen is away", Code.Unavailable)).title).toBe("No connection");
});

test("no answer in time may have been a yes", () => {
  expect(explain(new ConnectError("late", Code.DeadlineExceeded)).text).toContain("look before you try again");
});

test("an act that nobody answered is never told as not done: its request may have arrived", () => {
  for (const lost of [
    ConnectError.from(new TypeError("Failed to fetch")),
    new ConnectError("order.v1.OrderStaffService does not answer", Code.Unavailable),
  ])
    expect(explain(lost, true)).toEqual({ title: "No connection", text: expect.stringMatching(/may have been done/) });
  expect(explain(new ConnectError("3 are reserved", Code.FailedPrecondition), true).text).toBe("3 are reserved");
});
