import type { ErrorRequestHandler } from "express";
import { AppError } from "#common/errors";
import { problems } from "#common/http/problem";
import type { Logger } from "#common/logging";

/** Who comes by the address bar reads a page, not a problem document. */
export function refusalPages(logger: Logger, signIn: string): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (!(error instanceof AppError)) return next(error);
    const { cause, kind, message } = error;
    logger.info("sign-in refused", {
      route: request.path,
      kind,
      reason: message,
      cause: cause instanceof Error ? `${cause.name}: ${cause.message}` : undefined,
    });
    const text = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${message}</title><body style="font-family:system-ui;max-width:32rem;margin:15vh auto;padding:0 1rem;line-height:1.5">
<h1 style="font-size:1.4rem">${message}</h1>
<p><a href="${signIn}">Sign in</a> · <a href="${signIn}?fresh=1">with another account</a></p>`;
    response.status(problems[kind].status).set("Cache-Control", "no-store").type("html").send(text);
  };
}
