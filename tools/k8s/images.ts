import type { Image } from "./cluster.ts";

/** The tag of every image that the tests build. */
export const tag = "test";

const services = ["order", "stock", "payment", "kitchen", "page", "standin"];

export const images: readonly Image[] = services.map((service) => ({
  tag: `gorder/${service}:${tag}`,
  args: { SERVICE: service },
}));
