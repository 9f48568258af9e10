import { expect, onTestFinished } from "vitest";
import { silentLogger } from "#common/logging";
import { newBrowser } from "#common/testing/browser";
import { startOidc } from "../../../dev/oidc/provider.ts";
import { customerProvider } from "../adapters/customerProvider.ts";
import { memoryOrders } from "../adapters/memoryOrders.ts";
import { orderHttp, sessionSecret } from "./http.ts";

const client = { clientId: "gorder-customers", clientSecret: "customer-secret-0123456789" };
const staff = { clientId: "gorder-staff", clientSecret: "staff-secret-0123456789" };

/** The order service at a real provider, which knows the staff's page too. `wait` passes time for the service. */
export async function atProvider() {
  let passed = 0;
  let end = async () => {};
  const parts = await orderHttp({
    orders: memoryOrders(),
    now: () => Date.now() + passed,
    async accountsFor(publicUrl) {
      const back = { publicUrls: [publicUrl], callback: "/auth/callback", home: "/" };
      const { issuer, close } = await startOidc(0, { ...client, ...back }, { ...staff, publicUrls: [publicUrl] });
      end = close;
      onTestFinished(close);
      const options = { ...client, issuer, publicUrl, scope: "openid profile", logger: silentLogger };
      return { provider: customerProvider(options), issuer, secrets: [sessionSecret], publicUrl };
    },
  });
  return { ...parts, wait: (ms: number) => (passed += ms), endProvider: () => end(), window: () => windowAt(parts) };
}

/** A browser on the guests' page. */
function windowAt({ url, call }: Awaited<ReturnType<typeof orderHttp>>) {
  const browser = newBrowser();
  let keys = 0;
  const cookie = () => ({ cookie: browser.cookies(url) });
  const session = async () => {
    const { body, headers } = await call("POST", "/api/session", { headers: cookie() });
    for (const line of headers.getSetCookie()) browser.take(url, line);
    return body as { customerId: string; token?: string; account?: { name: string }; signIn?: string };
  };
  const orders = async (customerId: string) =>
    call("GET", `/api/customers/${customerId}/orders`, { headers: cookie() });
  return {
    browser,
    session,
    cookie,
    orders,
    async order() {
      const { customerId } = await session();
      const headers = { ...cookie(), "idempotency-key": `${customerId}-${++keys}` };
      const json = { items: [{ productId: "tea", quantity: 1 }] };
      const { status, body } = await call("POST", `/api/customers/${customerId}/orders`, { headers, json });
      expect(status).toBe(201);
      return { customerId, id: String(body.id) };
    },
    ids: async (customerId: string) =>
      ((await orders(customerId)).body.orders as { id: string }[] | undefined)?.map(({ id }) => id),
    async signIn(sub: string, path = "/auth/sign-in") {
      const seen = await browser.open(url + path);
      return seen.text.includes("Who are you?") ? browser.press(seen, "sub", sub) : seen;
    },
    /** Signs in, and stops before the address that the provider sends the browser back to. */
    async toCallback(sub: string) {
      const choice = await browser.open(`${url}/auth/sign-in`);
      return new URL((await browser.press(choice, "sub", sub, `${url}/auth/callback`)).url);
    },
  };
}
