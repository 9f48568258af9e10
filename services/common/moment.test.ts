import { create } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { momentOf } from "./moment.ts";

test.each([
  [{ seconds: 0n, nanos: 5_000_000 }, "1970-01-01T00:00:00.005Z"],
  [{ seconds: 253_402_300_799n, nanos: 0 }, "9999-12-31T23:59:59.000Z"],
  [{ seconds: -62_135_596_800n, nanos: 0 }, "0001-01-01T00:00:00.000Z"],
])("%o is %s", (at, expected) => {
  expect(momentOf(create(TimestampSchema, at), "from").toISOString()).toBe(expected);
});

test.each([
  { seconds: 253_402_300_800n, nanos: 0 },
  { seconds: -62_135_596_801n, nanos: 0 },
  { seconds: 2n ** 62n, nanos: 0 },
  { seconds: 0n, nanos: -1 },
  { seconds: 0n, nanos: 1_000_000_000 },
])("%o is no time, and the field is named", (at) => {
  const fields = [{ field: "from", message: expect.stringMatching(/year/) }];
  expect(() => momentOf(create(TimestampSchema, at), "from")).toThrow(
    expect.objectContaining({ kind: "invalid", details: { fields } }),
  );
});
