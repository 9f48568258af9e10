import { z } from "zod";
import { AppError } from "#common/errors";

type Cursor = { placedAt: Date; id: string };

/** The last moment that a Date can be, in milliseconds. */
const lastMoment = 8.64e15;

const shape = z.tuple([z.number().int().min(-lastMoment).max(lastMoment), z.string()]);

/** A cursor for clients, who are not to look into it. */
export function encodeCursor({ placedAt, id }: Cursor): string {
  return Buffer.from(JSON.stringify([placedAt.getTime(), id])).toString("base64url");
}

/** @throws AppError "invalid" when the cursor is none of ours. */
export function decodeCursor(cursor: string): Cursor {
  try {
    const [time, id] = shape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    return { placedAt: new Date(time), id };
  } catch (cause) {
    const message = "Take the cursor from nextCursor of the page before";
    throw new AppError("invalid", message, { fields: [{ field: "cursor", message }] }, { cause });
  }
}
