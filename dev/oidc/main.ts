import { z } from "zod";
import { startOidc } from "./provider.ts";

/** The provider for development as a process of its own: what it is told is its environment. */
const env = z
  .object({
    HOST: z.string().default("127.0.0.1"),
    PORT: z.coerce.number(),
    CLIENT_ID: z.string(),
    CLIENT_SECRET: z.string(),
    PUBLIC_URL: z.string(),
    CUSTOMER_CLIENT_ID: z.string(),
    CUSTOMER_CLIENT_SECRET: z.string(),
    CUSTOMER_PUBLIC_URL: z.string(),
  })
  .parse(process.env);

const provider = await startOidc(
  { host: env.HOST, port: env.PORT, issuer: `http://localhost:${env.PORT}` },
  { clientId: env.CLIENT_ID, clientSecret: env.CLIENT_SECRET, publicUrls: env.PUBLIC_URL.split(",") },
  {
    clientId: env.CUSTOMER_CLIENT_ID,
    clientSecret: env.CUSTOMER_CLIENT_SECRET,
    publicUrls: env.CUSTOMER_PUBLIC_URL.split(","),
    callback: "/auth/callback",
    home: "/",
  },
);
process.once("SIGTERM", () => void provider.close().then(() => process.exit(0)));
