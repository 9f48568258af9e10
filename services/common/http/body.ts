import express, { type Request, type RequestHandler, type Response } from "express";

/** The largest body that is read, in bytes; Connect has a limit of its own. */
export const bodyLimit = 64 * 1024;

/** How long someone who was refused while still sending may take to read why. */
const lingerMs = 1_000;

/** A body that will not be read, or not to its end. */
class BodyTooLarge extends Error {
  override readonly name = "BodyTooLarge";
  readonly status = 413;
  readonly expose = true;
}

/**
 * Refuses a body of more than `limit` bytes as soon as that is known: by what it says of its length, or by what came
 * of it. Express' own parsers would first read all of it. What is past the limit is never taken off the network.
 */
export function atMost(limit: number): RequestHandler {
  return (request, _response, next) => {
    const { "content-length": length, "transfer-encoding": chunked } = request.headers;
    if (Number(length ?? 0) > limit) return next(new BodyTooLarge());
    // Node lets no body be longer than it says.
    if (chunked === undefined) return next();
    let received = request.readableLength;
    const push = request.push.bind(request);
    request.push = (chunk: Buffer | null, encoding) => {
      received += chunk?.length ?? 0;
      if (received <= limit) return push(chunk, encoding);
      request.push = () => false;
      next(new BodyTooLarge());
      return false;
    };
    next();
  };
}

/**
 * Ends a request that was refused. A client that is still sending much is not heard out: it gets its answer, a moment to
 * read it, and then the connection closes. (Ending the response would have Node read the rest first.)
 */
export function endRefused(request: Request, response: Response, text: string): void {
  if (!isSendingMuch(request)) return void response.send(text);
  response.set({ Connection: "close", "Content-Length": String(Buffer.byteLength(text)) });
  response.write(text);
  const late = setTimeout(() => request.destroy(), lingerMs);
  response.once("close", () => clearTimeout(late));
}

function isSendingMuch(request: Request): boolean {
  if (request.complete) return false;
  const length = request.get("content-length");
  return length === undefined ? request.get("transfer-encoding") !== undefined : Number(length) > bodyLimit;
}

/** Reads JSON bodies of any JSON content type, CloudEvents included, up to {@link bodyLimit}. */
export const jsonBody: RequestHandler = express.json({
  limit: bodyLimit,
  type: ["application/json", "application/*+json"],
});

/** Reads a batch of events, up to 4 MiB: a hundred of the largest orders are 0.6. For who has shown the app token. */
export const batchBody: RequestHandler = express.json({
  limit: 4 * 1024 * 1024,
  type: ["application/json", "application/*+json"],
});

/** The bytes as they came, neither parsed nor unpacked, up to {@link bodyLimit}: a signature is over them. */
export const rawBody: RequestHandler = express.raw({ type: () => true, limit: bodyLimit, inflate: false });
