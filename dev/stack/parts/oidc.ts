import { join } from "node:path";
import type { Part } from "../supervised.ts";
import { answers } from "../wait.ts";
import { type Context, local } from "./context.ts";

/** What the staff service, and the order service, are called at their provider. */
export const staffClientId = "gorder-staff";
export const customerClientId = "gorder-customers";

/** The provider's name of itself, which browsers are sent to. */
export function issuerOf({ ports }: Pick<Context, "ports">): string {
  return `http://localhost:${ports.oidc}`;
}

/** The OpenID provider that vouches for staff and customers: a real one, at which one chooses who one is. */
export function oidcProvider({ ports, secrets }: Context): Part {
  return {
    name: "oidc",
    command: process.execPath,
    args: ["--import", "tsx", "dev/oidc/main.ts"],
    cwd: join(import.meta.dirname, "..", "..", ".."),
    env: {
      PORT: String(ports.oidc),
      CLIENT_ID: staffClientId,
      CLIENT_SECRET: secrets.staffClientSecret,
      PUBLIC_URL: local(ports.staff),
      CUSTOMER_CLIENT_ID: customerClientId,
      CUSTOMER_CLIENT_SECRET: secrets.customerClientSecret,
      CUSTOMER_PUBLIC_URL: local(ports.order),
    },
    ready: answers(`${local(ports.oidc)}/.well-known/openid-configuration`),
  };
}
