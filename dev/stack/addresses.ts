import { type Context, local } from "./parts/context.ts";

/** Where a person looks. */
export function addressesOf({ ports }: Context): Record<string, string> {
  return {
    page: local(ports.order),
    api: `${local(ports.order)}/api`,
    docs: `${local(ports.order)}/docs`,
    staff: `${local(ports.staff)}/staff/`,
    standin: local(ports.standin),
    zipkin: `${local(ports.zipkin)}/zipkin/`,
    consul: `${local(ports.consul)}/ui/`,
    rabbitmq: `${local(ports["rabbitmq-management"])}/`,
  };
}
