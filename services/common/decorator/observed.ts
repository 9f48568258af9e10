import { AppError } from "#common/errors";
import type { LogFields, Logger } from "#common/logging";
import type { Metrics, Outcome } from "#common/metrics";
import { inSpan } from "#common/tracing";

/** A command or query: everything it needs beside its input was given when it was made. */
export type Handler<I, O> = (input: I) => Promise<O>;

/** What the decorators write to, and which of an input's ids a log line shows. */
export type Observation<I> = { logger: Logger; metrics: Metrics; ids?: (input: I) => LogFields };

/** The decorators around every command and query: logger outside, metrics inside, all within a span of its name. */
export function observed<I, O>(name: string, handler: Handler<I, O>, to: Observation<I>): Handler<I, O> {
  const decorated = logged(name, measured(name, handler, to.metrics), to);
  return (input) => inSpan(name, { attributes: () => spanIds(to.ids?.(input)) }, () => decorated(input));
}

/** The ids as span attributes are named: `order.id`, not `orderId`. */
function spanIds(ids: LogFields = {}): LogFields {
  return Object.fromEntries(Object.entries(ids).map(([key, value]) => [key.replace(/^([a-z]+)Id$/, "$1.id"), value]));
}

function logged<I, O>(useCase: string, handler: Handler<I, O>, { logger, ids }: Observation<I>): Handler<I, O> {
  return async (input) => {
    const started = performance.now();
    const fields = () => ({ useCase, ...ids?.(input), ms: Math.round(performance.now() - started) });
    try {
      const output = await handler(input);
      logger.debug("done", fields());
      return output;
    } catch (error) {
      if (error instanceof AppError) {
        // The cause is for us alone: with "unavailable" it tells who did not answer.
        const { kind, message: reason, cause } = error;
        logger.info("refused", {
          ...fields(),
          kind,
          reason,
          cause: cause instanceof Error ? cause.message : undefined,
        });
      } else logger.error("failed", fields(), error);
      throw error;
    }
  };
}

function measured<I, O>(name: string, handler: Handler<I, O>, metrics: Metrics): Handler<I, O> {
  return async (input) => {
    const started = performance.now();
    let outcome: Outcome = "failed";
    try {
      const output = await handler(input);
      outcome = "ok";
      return output;
    } catch (error) {
      if (error instanceof AppError) outcome = "refused";
      throw error;
    } finally {
      metrics.useCase(name, outcome, (performance.now() - started) / 1000);
    }
  };
}
