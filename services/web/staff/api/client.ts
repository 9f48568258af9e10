import { type Client, Code, ConnectError, createClient, type Interceptor } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { StaffService } from "#common/genproto/staff/v1/staff_pb";

/** The staff service, as the page calls it. */
export type Staff = Client<typeof StaffService>;

/** How long one call may take, in ms; the board's stream sets none. */
const timeoutMs = 10_000;

/** Calls the staff service with the session cookie. `onEnded` hears of every call that found no session. */
export function createStaff(fetch: typeof globalThis.fetch, onEnded: () => void): Staff {
  const noticeEnd: Interceptor = (next) => async (request) => {
    try {
      return await next(request);
    } catch (error) {
      if (isEnded(error)) onEnded();
      throw error;
    }
  };
  const options = { baseUrl: "/staff/api", fetch, defaultTimeoutMs: timeoutMs, interceptors: [noticeEnd] };
  return createClient(StaffService, createConnectTransport(options));
}

/** Whether a call failed because nobody is signed in any more. */
export function isEnded(error: unknown): boolean {
  return error instanceof ConnectError && error.code === Code.Unauthenticated;
}
