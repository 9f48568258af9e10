import { services } from "../../dev/services.ts";
import { root } from "../../dev/stack/parts/services.ts";
import type { Image } from "./cluster.ts";

/** The tag of every image that the tests build. */
export const tag = "test";

/** An image of each of our services. */
export const images: readonly Image[] = services.map((service) => ({
  tag: `gorder/${service}:${tag}`,
  context: root,
  args: { SERVICE: service },
}));
