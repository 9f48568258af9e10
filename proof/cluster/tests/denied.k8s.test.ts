import { describe, expect, test } from "vitest";
import { run } from "../../../ops/command/run.ts";
import { kubectl, namespace } from "../kubectl.ts";

/** Runs a script in the container of a service, which has nothing but Node. */
function inPod(app: string, script: string): Promise<string> {
  return kubectl("exec", `deployment/${app}`, `--container=${app}`, "--", "node", "--eval", script);
}

/** What the sidecar of an app answers when its app calls another one: the status, and the beginning of the text. */
function call(from: string, to: string, path: string, token = "process.env.DAPR_API_TOKEN"): Promise<string> {
  const url = `http://127.0.0.1:3500/v1.0/invoke/${to}/method${path}`;
  const headers = `{ "content-type": "application/json", "dapr-api-token": ${token} }`;
  return inPod(
    from,
    `fetch("${url}", { method: "POST", body: "{}", headers: ${headers} })
      .then(async (answer) => console.log(answer.status, (await answer.text()).slice(0, 200)))`,
  );
}

describe("the access policy", () => {
  test.each([
    ["order", "stock", "/stock.v1.StockService/CheckIfItemsInStock"],
    ["order", "payment", "/events/order.created"],
    ["stock", "order", "/order.v1.OrderService/UpdateOrder"],
    ["kitchen", "order", "/order.v1.OrderService/UpdateOrder"],
    ["kitchen", "order", "/order.v1.OrderService/OfferPayments"],
    ["payment", "order", "/order.v1.OrderService/MarkReady"],
    ["payment", "order", "/api/session"],
    ["kitchen", "order", "/events/order.paid"],
    ["kitchen", "order", "/order.v1.OrderStaffService/TakeTicket"],
    ["order", "payment", "/payment.v1.PaymentStaffService/ResolvePutAside"],
    ["staff", "stock", "/stock.v1.StockService/ReserveItems"],
  ])("denies %s to call %s%s", async (from, to, path) => {
    await expect.poll(() => call(from, to, path)).toMatch(/^403 .*PermissionDenied/s);
  });

  test.each([
    ["order", "stock", "/stock.v1.StockService/ReserveItems"],
    ["kitchen", "order", "/order.v1.OrderService/ClaimTickets"],
    ["staff", "order", "/order.v1.OrderStaffService/TakeTicket"],
  ])("lets %s call %s%s, which looks at the request", async (from, to, path) => {
    await expect.poll(() => call(from, to, path)).toMatch(/^400 .*invalid_argument/);
  });
});

test("a sidecar answers nobody without its token", async () => {
  await expect.poll(() => call("order", "stock", "/stock.v1.StockService/GetItems", '""')).toMatch(/^401/);
});

describe("the network", () => {
  /** What becomes of a connection, once the name is found: how long that takes says nothing of what is let through. */
  const connect = (from: string, host: string, port: number) =>
    inPod(
      from,
      `const end = (word) => { console.log(word); process.exit(); };
      require("node:dns").lookup("${host}", (error, address) => {
        if (error) end(error.code);
        require("node:net").connect(${port}, address).on("connect", () => end("open")).on("error", ({ code }) => end(code));
        setTimeout(() => end("dropped"), 3000);
      });`,
    );

  test.each([
    ["order", "mongodb", 27_017],
    ["stock", "mysql", 3306],
    ["payment", "mysql", 3306],
    ["staff", "mysql", 3306],
    ["order", "redis", 6379],
    ["staff", "oidc", 18_092],
  ])("leads from %s to %s", async (from, host, port) => {
    await expect.poll(() => connect(from, host, port)).toBe("open\n");
  });

  test.each([
    ["order", "mysql", 3306],
    ["payment", "mongodb", 27_017],
    ["kitchen", "stock", 8081],
    ["page", "redis", 6379],
    ["page", "order", 8080],
    ["kitchen", "staff", 8080],
    ["kitchen", "mysql", 3306],
    ["staff", "mongodb", 27_017],
    ["order", "oidc", 18_092],
    ["order", "kubernetes.default", 443],
  ])("does not lead from %s to %s", async (from, host, port) => {
    // A name that is not found is closed to everybody, and proves nothing: it is asked for again.
    let became = "";
    const found = async () => {
      became = await connect(from, host, port);
      return became;
    };
    await expect.poll(found).not.toMatch(/^(ENOTFOUND|EAI_AGAIN)/);
    expect(became).toMatch(/^(dropped|ECONNREFUSED|EHOSTUNREACH)\n$/);
  });
});

test("a container that is root is refused", async () => {
  const { code, output } = await run("kubectl", ["--namespace", namespace, "run", "intruder", "--image=redis:7"]);
  expect(code).not.toBe(0);
  expect(output).toContain('violates PodSecurity "restricted');
});
