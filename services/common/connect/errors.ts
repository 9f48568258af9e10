import { Code, ConnectError, type Interceptor, type Transport } from "@connectrpc/connect";
import { AppError, type ErrorKind } from "#common/errors";
import type { Logger } from "#common/logging";

/** The one table that maps errors to Connect. */
const codes: Record<ErrorKind, Code> = {
  invalid: Code.InvalidArgument,
  unauthorized: Code.Unauthenticated,
  forbidden: Code.PermissionDenied,
  not_found: Code.NotFound,
  out_of_stock: Code.ResourceExhausted,
  conflict: Code.FailedPrecondition,
  shop_closed: Code.FailedPrecondition,
  prices_changed: Code.FailedPrecondition,
  idempotency_key_reused: Code.AlreadyExists,
  exists: Code.AlreadyExists,
  too_many: Code.ResourceExhausted,
  unavailable: Code.Unavailable,
  busy: Code.Unavailable,
};

/** What a caller is told of an error: an AppError's own words, of anything else nothing but "internal error". */
export function codeOf(error: unknown): ConnectError {
  return error instanceof AppError
    ? new ConnectError(wordsOf(error), codes[error.kind])
    : new ConnectError("internal error", Code.Internal);
}

/** Connect carries no details of ours: what is wrong with each field is said in the message, of the first five. */
function wordsOf({ message, details: { fields = [] } }: AppError): string {
  const unsaid = fields.filter((one) => !message.includes(one.message)).slice(0, 5);
  const said = unsaid.map((one) => `${one.field}: ${one.message}`);
  return said.length > 0 ? `${message}: ${said.join("; ")}` : message;
}

/** On the server: domain errors become Connect codes; anything else is logged whole and leaves as "internal error". */
export function serverErrors(logger: Logger): Interceptor {
  return (next) => async (request) => {
    try {
      return await next(request);
    } catch (error) {
      if (error instanceof ConnectError) throw error;
      if (!(error instanceof AppError)) logger.error("call failed", { method: request.method.name }, error);
      throw codeOf(error);
    }
  };
}

/**
 * On the client: a transport whose calls end in domain errors instead of Connect's. What is not the callee's own word
 * on the request (an unreachable service, a sidecar without a route, a wrong token, a time-out) is "unavailable".
 * This is around the transport because Connect wraps whatever an interceptor throws in an error of its own.
 */
export function withDomainErrors(transport: Transport): Transport {
  return {
    async unary(method, ...call) {
      try {
        return await transport.unary(method, ...call);
      } catch (cause) {
        throw errorOf(method.parent.typeName, cause);
      }
    },
    stream: (method, ...call) => transport.stream(method, ...call),
  };
}

/** Whether the callee, or its sidecar, knows no such call: it is of the version before, during an upgrade. */
export function isUnknownCall(error: unknown): boolean {
  const cause = error instanceof AppError ? error.cause : error;
  return cause instanceof ConnectError && (cause.code === Code.Unimplemented || cause.code === Code.PermissionDenied);
}

/** What a callee says of us is no word on the request: a sidecar refuses in the same codes. */
const ours: ReadonlySet<ErrorKind> = new Set(["unavailable", "unauthorized", "forbidden"]);

/** Connect's word for a message that is too long to send or to read, under the code of what is sold out. */
const tooLong = /larger than configured (read|write)MaxBytes/;

/** The domain error that a call to `service` ended in. */
export function errorOf(service: string, cause: unknown): AppError {
  const error = ConnectError.from(cause);
  const kind = Object.entries(codes).find(([, code]) => code === error.code)?.[0] as ErrorKind | undefined;
  return kind && !ours.has(kind) && !tooLong.test(error.rawMessage)
    ? new AppError(kind, error.rawMessage, {}, { cause })
    : new AppError("unavailable", `${service} does not answer`, {}, { cause });
}
