/** A browser as far as redirects, forms and cookies go; each host has its own cookies. */
export type Browser = {
  /** Follows redirects until a page; `stopAt` ends before an address that begins so. */
  open(url: string, init?: RequestInit & { stopAt?: string }): Promise<Seen>;
  /** Presses the button of a page's only form that has this value. */
  press(seen: Seen, name: string, value: string, stopAt?: string): Promise<Seen>;
  cookies(url: string): string;
  /** Takes a cookie from somewhere else, as a thief would. */
  take(url: string, cookie: string): void;
};

/** Where one ended, and what was there. `text` is empty where it stopped before an address. */
export type Seen = { url: string; status: number; text: string };

/** A browser without any cookies. @param hosts origins that are at another address, as by lines of a hosts file. */
export function newBrowser(hosts: Readonly<Record<string, string>> = {}): Browser {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: string) => {
    const { host } = new URL(url);
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };
  const cookies = (url: string) => [...jarOf(url)].map(([name, value]) => `${name}=${value}`).join("; ");

  function addressOf(url: string): string {
    const { origin, href } = new URL(url);
    return (hosts[origin] ?? origin) + href.slice(origin.length);
  }

  async function open(named: string, { stopAt, ...init }: RequestInit & { stopAt?: string } = {}): Promise<Seen> {
    const url = addressOf(named);
    if (stopAt !== undefined && url.startsWith(stopAt)) return { url, status: 0, text: "" };
    const headers = { ...(init.headers as Record<string, string>), cookie: cookies(url), accept: "text/html" };
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) keep(url, line);
    const location = response.headers.get("location");
    if (location === null) return { url, status: response.status, text: await response.text() };
    await response.arrayBuffer();
    return open(new URL(location, url).href, stopAt === undefined ? {} : { stopAt });
  }

  function keep(url: string, line: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    const isGone = /expires=Thu, 01 Jan 1970/i.test(line) || value === "";
    if (isGone) jarOf(url).delete(name);
    else jarOf(url).set(name, value);
  }

  return {
    open,
    cookies,
    take: keep,
    press({ url, text }, name, value, stopAt) {
      const [, action = ""] = /<form[^>]*action="([^"]+)"/.exec(text) ?? [];
      const body = new URLSearchParams({ [name]: value });
      for (const [, field = "", given = ""] of text.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g))
        body.append(field, given);
      return open(new URL(action, url).href, { method: "POST", body, ...(stopAt !== undefined && { stopAt }) });
    },
  };
}
