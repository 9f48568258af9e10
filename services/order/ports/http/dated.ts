import type { RequestHandler } from "express";

/** Answers carry the time that deadlines are reckoned by, and not this process's: the page counts down by it. */
export function dated(now: () => number): RequestHandler {
  return (_request, response, next) => {
    response.set("Date", new Date(now()).toUTCString());
    next();
  };
}
