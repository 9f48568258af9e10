export const screens = ["kitchen", "orders", "takings", "menu", "money", "trouble", "audit"] as const;
export type Screen = (typeof screens)[number];
export type Route = { view: "home" } | { view: Screen } | { view: "order"; orderId: string } | { view: "missing" };

const base = "/staff/";

export function parsePath(pathname: string): Route {
  if (pathname === base.slice(0, -1)) return { view: "home" };
  if (!pathname.startsWith(base)) return { view: "missing" };
  const [first, second, ...rest] = pathname.slice(base.length).split("/").filter(Boolean);
  if (first === undefined) return { view: "home" };
  const view = screens.find((screen) => screen === first);
  if (view === undefined || rest.length > 0) return { view: "missing" };
  if (second === undefined) return { view };
  if (view !== "orders") return { view: "missing" };
  try {
    return { view: "order", orderId: decodeURIComponent(second) };
  } catch {
    return { view: "missing" };
  }
}

export function screenPath(screen: Screen): string {
  return base + screen;
}

export function orderPath(orderId: string): string {
  return `${base}orders/${encodeURIComponent(orderId)}`;
}

/** Where all that somebody did is listed. */
export function actsPath(subject: string): string {
  return `${base}audit?${new URLSearchParams({ subject })}`;
}
