import { type Timestamp, timestampDate } from "@bufbuild/protobuf/wkt";
import { AppError } from "#common/errors";

/** The first second of the year 1 and the last of the year 9999: a Timestamp is of these, though nothing binary checks it. */
const [first, last] = [-62_135_596_800n, 253_402_300_799n];

/**
 * When it is. What no calendar has would be no date, which a database takes for 1970 or fails at.
 * @param field what it is called in a problem. @throws AppError "invalid"
 */
export function momentOf(at: Timestamp, field: string): Date {
  const { seconds, nanos } = at;
  if (seconds >= first && seconds <= last && nanos >= 0 && nanos < 1_000_000_000) return timestampDate(at);
  const message = "must be a time from the year 1 to the year 9999";
  throw new AppError("invalid", `${field}: ${message}`, { fields: [{ field, message }] });
}
