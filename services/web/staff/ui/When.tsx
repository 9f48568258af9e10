import { type Timestamp, timestampDate } from "@bufbuild/protobuf/wkt";
import { formatTime } from "../../format/time.ts";

/** A moment, for people and machines. */
export function When({ at }: { at: Timestamp | undefined }) {
  if (!at) return <span>–</span>;
  const iso = timestampDate(at).toISOString();
  return <time dateTime={iso}>{formatTime(iso, new Date())}</time>;
}
