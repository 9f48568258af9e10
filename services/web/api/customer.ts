import { ApiError } from "./errors.ts";
import type { Send } from "./http.ts";
import type { Session } from "./types.ts";

/** What the page knows of who looks at it: their account, and where they sign in if they can. */
export type Visitor = Pick<Session, "account" | "signIn">;

/** This guest. The token itself lives in a cookie that scripts cannot read; here is only the id that paths need. */
export type Customer = {
  /** Runs a call with the customer's id; a session that is gone is opened anew and the call tried once more. */
  act<T>(call: (customerId: string) => Promise<T>): Promise<T>;
};

/** `told` hears whose session it is, with every one that is opened. */
export function createCustomer(send: Send, told: (visitor: Visitor) => void = () => {}): Customer {
  let session: Promise<string> | undefined;

  function open(): Promise<string> {
    const opening = send("POST", "/api/session").then(({ body }) => {
      const { customerId, ...visitor } = body as Session;
      told(visitor);
      return customerId;
    });
    session = opening;
    opening.catch(() => forget(opening));
    return opening;
  }

  function forget(stale: Promise<string>) {
    if (session === stale) session = undefined;
  }

  return {
    async act(call) {
      const used = session ?? open();
      const customerId = await used;
      try {
        return await call(customerId);
      } catch (error) {
        if (!(error instanceof ApiError) || (error.status !== 401 && error.status !== 404)) throw error;
        forget(used);
        const renewed = await (session ?? open());
        // Another tab may have become another guest, then our id is "not found"; with the same id it truly is.
        if (error.status === 404 && renewed === customerId) throw error;
        return call(renewed);
      }
    },
  };
}
