import { Code, ConnectError } from "@connectrpc/connect";

/** What happened, and what to do. */
export type Words = { title: string; text: string };

const refusals: Partial<Record<Code, string>> = {
  [Code.InvalidArgument]: "That was not accepted",
  [Code.FailedPrecondition]: "That cannot be done now",
  [Code.NotFound]: "That is not there",
  [Code.AlreadyExists]: "That is there already",
  [Code.PermissionDenied]: "That is not yours to do",
  [Code.OutOfRange]: "That was not accepted",
  [Code.ResourceExhausted]: "Too much at once",
  [Code.Unimplemented]: "This server cannot do that",
};

const passing = new Set([Code.Unavailable, Code.DeadlineExceeded, Code.Aborted]);

/** Whether the same call may succeed in a moment: nobody has refused it. */
export function isPassing(error: unknown): boolean {
  return error instanceof ConnectError ? passing.has(error.code) || isUnreached(error) : error instanceof TypeError;
}

/** The browser's own failure to fetch arrives as an unknown error without an answer. */
function isUnreached({ code, cause }: ConnectError): boolean {
  return code === Code.Unknown && cause instanceof TypeError;
}

/** What is lost on its way may have arrived; pressed again at the same place it goes under the same request id. */
const maybeDone =
  "It may have been done all the same. Press again here and it is done once; elsewhere, look before you do.";

/**
 * An error in words: a refusal in those of the server, and of anything else only what helps. `ofAct`: something was to
 * be done, and not only shown.
 */
export function explain(error: unknown, ofAct = false): Words {
  if (error instanceof ConnectError) {
    const title = refusals[error.code];
    if (title) return { title, text: error.rawMessage || "The server gave no reason." };
    if (error.code === Code.Unauthenticated)
      return { title: "Your session has ended", text: "Sign in again to go on." };
    if (passing.has(error.code) && error.code !== Code.Unavailable)
      return { title: "No answer in time", text: "It may have been done all the same: look before you try again." };
  }
  if (isPassing(error) && ofAct) return { title: "No connection", text: maybeDone };
  if (isPassing(error))
    return { title: "No connection", text: "The service could not be reached. Check the network and try again." };
  return { title: "Something went wrong", text: "That was not your fault. Please try again." };
}
