import type { Channel, News } from "./feed.ts";

/** The guest's other tabs of this page; alone where the browser cannot reach them. */
export function tabs(browser: Window & typeof globalThis): Channel {
  if (!("BroadcastChannel" in browser)) return { post() {}, listen() {} };
  // Under "gorder.orders" tabs of a version before understand orders alone.
  const channel = new browser.BroadcastChannel("gorder.orders.news");
  return {
    post: (news) => channel.postMessage(news),
    listen: (hear) => channel.addEventListener("message", ({ data }) => hear(data as News)),
  };
}
