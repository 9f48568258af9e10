import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { ListMoneyResponseSchema } from "#common/genproto/staff/v1/staff_pb";
import { moneyPages } from "./pages.ts";

/** A service with five messages, two a page; refunds come with the first. */
const staff = {
  async listMoney({ pageToken = "" }: { pageToken?: string }) {
    const from = Number(pageToken);
    const putAside = ["e", "d", "c", "b", "a"].slice(from, from + 2).map((eventId) => ({ eventId }));
    const nextPageToken = from + 2 < 5 ? String(from + 2) : "";
    const refunds = pageToken === "" ? [{ id: "r" }] : [];
    return create(ListMoneyResponseSchema, { money: { putAside, refunds, nextPageToken } });
  },
};

test.each([
  [1, "ed", "2"],
  [2, "edcb", "4"],
  [3, "edcba", ""],
  [9, "edcba", ""],
])("%i pages are shown as one, and nothing twice", async (most, ids, next) => {
  const { putAside, refunds, nextPageToken } = await moneyPages(staff, most);
  expect([putAside.map(({ eventId }) => eventId).join(""), refunds.length, nextPageToken]).toEqual([ids, 1, next]);
});
