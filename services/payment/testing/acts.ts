import type { ActRecord } from "../domain/putAside.ts";

/** The record of an act as the owner reads it. */
export function actRecord(id: string, changes: Partial<ActRecord> = {}): ActRecord {
  return {
    ...{ id, subject: "olga", name: "Olga", action: "put_aside.dismiss", target: "evt_1", reason: "looked at" },
    ...{ before: "{}", after: "{}", at: new Date(0).toISOString(), traceId: "", refusal: "", ...changes },
  };
}
