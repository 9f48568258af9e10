import type { Db } from "mongodb";
import type { InTime } from "./orderBatches.ts";

/** The clock of MongoDB's server. @throws whatever the call ends in, also an answer without a time. */
export function mongoClock(db: Db, inTime: InTime): () => Promise<Date> {
  return async () => {
    const { localTime } = await inTime(db.admin().command({ hello: 1 }));
    if (!(localTime instanceof Date)) throw new Error("MongoDB does not say what time it is");
    return localTime;
  };
}
