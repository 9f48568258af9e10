import type { Part } from "../supervised.ts";
import { answers } from "../wait.ts";
import { type Context, local } from "./context.ts";

/** Where spans are sent to. */
export function zipkinSpansUrl({ ports }: Context): string {
  return `${local(ports.zipkin)}/api/v2/spans`;
}

/** Traces in memory, the oldest forgotten. */
export function zipkin({ ports, programs }: Context): Part {
  return {
    name: "zipkin",
    command: programs.java,
    args: [
      "-Xms48m",
      "-Xmx256m",
      "-XX:+UseSerialGC",
      "-XX:TieredStopAtLevel=1",
      // Netty's own resolver would open a socket to every interface.
      "-Dcom.linecorp.armeria.useJdkDnsResolver=true",
      "-jar",
      programs.zipkin,
      "--armeria.ports[0].ip=127.0.0.1",
      `--armeria.ports[0].port=${ports.zipkin}`,
      "--armeria.ports[0].protocols[0]=http",
      "--logging.level.root=WARN",
    ],
    env: { STORAGE_TYPE: "mem", MEM_MAX_SPANS: "200000" },
    ready: answers(`${local(ports.zipkin)}/health`),
  };
}
