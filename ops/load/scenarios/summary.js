// What a run says at its end: a few lines for a person, and all of it as JSON.

export const trendStats = ["min", "avg", "med", "p(95)", "p(99)", "max", "count"];

/** @param name of the scenario. `SUMMARY` names the file for the JSON; without, it is the last line of the output. */
export function summaryOf(name) {
  return (data) => {
    const json = JSON.stringify({ scenario: name, url: __ENV.URL, ...data });
    const text = `\n${lines(name, data).join("\n")}\n\n`;
    return __ENV.SUMMARY ? { stdout: text, [__ENV.SUMMARY]: json } : { stdout: `${text}${json}\n` };
  };
}

function lines(name, { metrics, state }) {
  const value = (metric, statistic = "count") => metrics[metric]?.values[statistic] ?? 0;
  const times = (metric) =>
    ["med", "p(95)", "p(99)", "max"].map((statistic) => value(metric, statistic).toFixed(0).padStart(7)).join("");
  const missed = Object.entries(metrics).flatMap(([metric, { thresholds = {} }]) =>
    Object.entries(thresholds).flatMap(([rule, { ok }]) => (ok ? [] : [`${metric} ${rule}`])),
  );
  const units = [value("units_ordered"), value("units_gone")];
  return [
    `  ${name} at ${__ENV.URL || "http://localhost:8080"}: ${(state.testRunDurationMs / 1000).toFixed(0)} s, ${value("iterations")} guests`,
    `  orders    ${value("orders_accepted")} accepted, ${value("orders_sold_out")} sold out, ${value("orders_failed", "passes")} failed, ${value("orders_unfinished")} not ready in time`,
    `  asked again  ${value("retries")} times after no answer or a 5xx, ${value("throttled")} times after a 429; ${value("dropped_iterations")} guests found no place in k6`,
    `  ms                         median    p95    p99    max`,
    `    POST to accepted       ${times("accepting_ms")}`,
    `    POST to payment link   ${times("to_payment_ms")}`,
    `    payment to ready       ${times("to_ready_ms")}`,
    `  ledger    ${value("orders_lost")} orders lost, ${value("orders_unasked")} that nobody asked for; ${units[0]} units ordered, ${units[1]} gone from the shelves`,
    ...(value("throttled") > 0
      ? ["  limits    the service's limits per address held k6 back: raise them (*_PER_ADDRESS) to measure load"]
      : []),
    missed.length === 0 ? "  every threshold was met" : `  MISSED    ${missed.join("; ")}`,
  ];
}
