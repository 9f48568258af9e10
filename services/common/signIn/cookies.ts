import type { CookieOptions, Request } from "express";

/** Names and rules of our two cookies. */
export type Cookies = { readonly session: string; readonly signIn: string; readonly rules: CookieOptions };

/**
 * Out of reach for scripts, and not sent along when another site has something done. Over HTTPS the names also promise
 * that no other host, and nobody without TLS, has set them.
 */
export function cookiesFor(publicUrl: string, name: string): Cookies {
  const secure = publicUrl.startsWith("https:");
  const prefix = secure ? "__Host-" : "";
  return {
    session: `${prefix}${name}`,
    signIn: `${prefix}${name}_sign_in`,
    rules: { httpOnly: true, sameSite: "lax", secure, path: "/" },
  };
}

/**
 * How long a browser keeps a cookie that is good until `endsAt`; milliseconds. It is told how long and not until when: a
 * phone's own clock may be wrong by hours, and what is over by it would be gone at once.
 */
export function keptUntil(endsAt: number, now: number): Pick<CookieOptions, "maxAge"> {
  return { maxAge: Math.max(0, endsAt - now) };
}

/** The value of a cookie. */
export function cookieOf(request: Pick<Request, "get">, name: string): string | undefined {
  const cookies = request.get("cookie")?.split(/;\s*/) ?? [];
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}
