import { apps } from "../services.ts";
import { type AlertCase, fires, rests } from "./alertCase.ts";

const orders = (status: string) =>
  `gorder_http_requests_total{service="order",method="POST",route="/api/customers/:customerId/orders",status="${status}"}`;
const others = 'gorder_http_requests_total{service="order",method="GET",route="/api/products",status="503"}';
const placed = 'gorder_order_transitions_total{service="order",status="pending"}';
const linked = (le: string) =>
  `gorder_order_stage_seconds_bucket{service="order",from="pending",to="waiting_for_payment",le="${le}"}`;
const moved = (status: string) => `gorder_order_transitions_total{service="order",status="${status}"}`;
const waiting = 'gorder_orders{service="order",status="paid"}';
const up = (service: string, endpoint = "http") => `up{service="${service}",endpoint="${endpoint}"}`;
const allUp = Object.fromEntries(apps.map((name) => [up(name), "1x60"]));

/** Alerts about what guests and the cook feel: each with what raises it and with the nearest thing that must not. */
export const shopCases: readonly AlertCase[] = [
  fires("GorderServiceDown", {
    when: "both processes of a service are down",
    series: { ...allUp, [up("stock")]: "1x10 0x50", 'up{service="stock",endpoint="http",pod="b"}': "1x10 0x50" },
    at: "13m",
  }),
  fires("GorderServiceDown", {
    when: "a service has no process at all",
    series: { ...allUp, [up("kitchen")]: "1x10 stale" },
    at: "13m",
  }),
  rests("GorderServiceDown", {
    when: "one of two processes is down",
    series: { ...allUp, 'up{service="stock",endpoint="http",pod="b"}': "0x60" },
    at: "30m",
  }),
  fires("GorderSidecarDown", {
    when: "the only sidecar of a service is down",
    series: { [up("order", "sidecar-metrics")]: "1x10 0x20" },
    at: "15m",
  }),
  rests("GorderSidecarDown", {
    when: "sidecars are not read at all",
    series: allUp,
    at: "30m",
  }),
  fires("GorderOrdersRefused", {
    severity: "critical",
    when: "one order in fifty is answered 503",
    series: { [orders("201")]: "0+98x120", [orders("503")]: "0+2x120" },
    at: "100m",
  }),
  rests("GorderOrdersRefused", {
    severity: "critical",
    when: "guests reach their own limits, and only the menu is away",
    series: { [orders("201")]: "0+98x120", [orders("429")]: "0+50x120", [others]: "0+50x120" },
    at: "100m",
  }),
  rests("GorderOrdersRefused", {
    severity: "critical",
    when: "what was refused lies an hour back",
    series: { [orders("201")]: "0+98x180", [orders("503")]: "0+20x30 600x150" },
    at: "70m",
  }),
  fires("GorderOrdersRefused", {
    severity: "warning",
    when: "two orders in a thousand are answered 500 for days",
    series: { [orders("201")]: "0+998x440", [orders("500")]: "0+2x440" },
    every: "10m",
    at: "72h",
  }),
  rests("GorderOrdersRefused", {
    severity: "warning",
    when: "one order in ten thousand is answered 500 for days",
    series: { [orders("201")]: "0+9999x440", [orders("500")]: "0+1x440" },
    every: "10m",
    at: "72h",
  }),
  fires("GorderLinksLate", {
    severity: "critical",
    when: "orders are placed and none gets a link",
    series: { [placed]: "0+10x120" },
    at: "70m",
  }),
  fires("GorderLinksLate", {
    severity: "critical",
    when: "links come, but late",
    series: { [placed]: "0+10x120", [linked("2")]: "0+1x120", [linked("5")]: "0+10x120" },
    at: "70m",
  }),
  rests("GorderLinksLate", {
    severity: "critical",
    when: "all links come in time",
    series: { [placed]: "0+10x120", [linked("2")]: "0+10x120" },
    at: "100m",
  }),
  rests("GorderLinksLate", {
    severity: "critical",
    when: "nobody orders",
    series: { [placed]: "10x120", [linked("2")]: "10x120" },
    at: "100m",
  }),
  fires("GorderLinksLate", {
    severity: "warning",
    when: "one link in ten is late for days",
    series: { [placed]: "0+100x440", [linked("2")]: "0+90x440" },
    every: "10m",
    at: "72h",
  }),
  rests("GorderLinksLate", {
    severity: "warning",
    when: "one link in fifty is late for days",
    series: { [placed]: "0+100x440", [linked("2")]: "0+98x440" },
    every: "10m",
    at: "72h",
  }),
  fires("GorderKitchenStands", {
    when: "paid orders wait and nobody cooks",
    series: { [waiting]: "3x40", [moved("ready")]: "5x40" },
    at: "25m",
  }),
  rests("GorderKitchenStands", {
    when: "many paid orders wait, but the cooks are at work",
    series: { [waiting]: "300x40", [moved("cooking")]: "0+1x40" },
    at: "25m",
  }),
  rests("GorderKitchenStands", {
    when: "nothing is to be cooked",
    series: { [waiting]: "0x40", [moved("ready")]: "5x40" },
    at: "25m",
  }),
];
