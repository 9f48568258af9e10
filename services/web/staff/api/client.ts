import { type Client, Code, ConnectError, createClient, type Interceptor } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { StaffService } from "#common/genproto/staff/v1/staff_pb";

/** The staff service, as the page calls it. */
export type Staff = Client<typeof StaffService>;

/** How long one call may take, in ms; the board's stream sets none. */
const timeoutMs = 10_000;

/** How long ago the service may have been asked who calls, in ms: by then the session is to be renewed. */
const freshMs = 5 * 60_000;

/** Calls the staff service with the session cookie. `onEnded` hears of every call that found no session. */
export function createStaff(fetch: typeof globalThis.fetch, onEnded: () => void, now = Date.now): Staff {
  const noticeEnd: Interceptor = (next) => async (request) => {
    try {
      return await next(request);
    } catch (error) {
      if (isEnded(error)) onEnded();
      throw error;
    }
  };
  const options = { baseUrl: "/staff/api", fetch, defaultTimeoutMs: timeoutMs };
  const client = (...interceptors: Interceptor[]) =>
    createClient(StaffService, createConnectTransport({ ...options, interceptors }));
  return client(askedFirst(client(noticeEnd), now), noticeEnd);
}

/**
 * Asks who calls before anything else once that was asked long ago: the one answer renews the session, where the page's
 * next calls together could have it renewed by several replicas, which the identity provider takes for a theft.
 */
function askedFirst(staff: Pick<Staff, "getMe">, now: () => number): Interceptor {
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<unknown> | undefined;

  async function ask<T>(answer: Promise<T>): Promise<T> {
    asking = answer;
    try {
      const given = await answer;
      askedAt = now();
      return given;
    } finally {
      if (asking === answer) asking = undefined;
    }
  }

  return (next) => async (request) => {
    if (request.method.localName === "getMe") return ask(next(request));
    if (!asking && now() - askedAt >= freshMs) void ask(staff.getMe({})).catch(() => {});
    // What came of it, the call itself will tell.
    await asking?.catch(() => {});
    return next(request);
  };
}

/** Whether a call failed because nobody is signed in any more. */
export function isEnded(error: unknown): boolean {
  return error instanceof ConnectError && error.code === Code.Unauthenticated;
}
