import type { Order } from "../api/types.ts";
import type { Channel } from "./feed.ts";

/** The guest's other tabs of this page; alone where the browser cannot reach them. */
export function tabs(browser: Window & typeof globalThis): Channel {
  if (!("BroadcastChannel" in browser)) return { post() {}, listen() {} };
  const channel = new browser.BroadcastChannel("gorder.orders");
  return {
    post: (orders) => channel.postMessage(orders),
    listen: (hear) => channel.addEventListener("message", ({ data }) => hear(data as readonly Order[])),
  };
}
