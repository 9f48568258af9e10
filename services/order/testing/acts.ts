import { randomUUID } from "node:crypto";
import type { ActRecord } from "../domain/act.ts";
import { stamp } from "./orders.ts";

/** The record of an act, so many seconds after noon. */
export const anAct = (seconds: number, fields: Partial<ActRecord> = {}): ActRecord => ({
  id: randomUUID(),
  subject: "eve",
  name: "Eve",
  action: "order.cancel",
  target: "order-1",
  before: "{}",
  after: "{}",
  reason: "",
  at: stamp(seconds).at,
  traceId: "",
  refusal: "",
  ...fields,
});
