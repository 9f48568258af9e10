import { inDatabaseSpan } from "#common/conventions";
import type { InTime } from "./orderBatches.ts";

/** The same, with a span around each call that belongs to a trace which is kept. */
export function tracedCalls(inTime: InTime): InTime {
  return (call, what = "command orders") => {
    const describe = () => {
      const [operation = "", collection] = what.split(" ");
      return { system: "mongodb", operation, collection } as const;
    };
    return inDatabaseSpan(describe, () => inTime(call));
  };
}
