export type Route = { view: "menu" } | { view: "orders" } | { view: "order"; orderId: string } | { view: "missing" };

export function parsePath(pathname: string): Route {
  const [first, second, ...rest] = pathname.split("/").filter((part) => part !== "");
  if (first === undefined) return { view: "menu" };
  if (first !== "orders" || rest.length > 0) return { view: "missing" };
  if (second === undefined) return { view: "orders" };
  try {
    return { view: "order", orderId: decodeURIComponent(second) };
  } catch {
    return { view: "missing" };
  }
}

export function pathOf(route: Exclude<Route, { view: "missing" }>): string {
  if (route.view === "menu") return "/";
  return route.view === "orders" ? "/orders" : `/orders/${encodeURIComponent(route.orderId)}`;
}

type Click = Pick<MouseEvent, "button" | "metaKey" | "ctrlKey" | "shiftKey" | "altKey" | "defaultPrevented">;

/** A click that the page may answer itself; the others open tabs and windows. */
export function isPlainClick(click: Click): boolean {
  const modified = click.metaKey || click.ctrlKey || click.shiftKey || click.altKey;
  return click.button === 0 && !modified && !click.defaultPrevented;
}
