import { z } from "zod";
import { startOidc } from "./provider.ts";

/** The provider for development as a process of its own: what it is told is its environment. */
const { PORT, CLIENT_ID, CLIENT_SECRET, PUBLIC_URL } = z
  .object({ PORT: z.coerce.number(), CLIENT_ID: z.string(), CLIENT_SECRET: z.string(), PUBLIC_URL: z.string() })
  .parse(process.env);

const provider = await startOidc(PORT, {
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
  publicUrls: PUBLIC_URL.split(","),
});
process.once("SIGTERM", () => void provider.close().then(() => process.exit(0)));
