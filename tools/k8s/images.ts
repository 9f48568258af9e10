import { services } from "../services.ts";
import type { Image } from "./cluster.ts";

/** The tag of every image that the tests build. */
export const tag = "test";

export const images: readonly Image[] = services.map((service) => ({
  tag: `gorder/${service}:${tag}`,
  args: { SERVICE: service },
}));
