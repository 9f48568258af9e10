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

/** The value of a cookie. */
export function cookieOf(request: Pick<Request, "get">, name: string): string | undefined {
  const cookies = request.get("cookie")?.split(/;\s*/) ?? [];
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}
