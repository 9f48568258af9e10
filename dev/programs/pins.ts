/** The one place where versions of programs are pinned; a change here rebuilds that program, and only that. */
export const pins = {
  daprd: "1.14.0",
  consul: "1.20.1",
  ferretdb: "1.24.0",
  k6: "1.8.1",
  "stripe-mock": "0.203.0",
  toxiproxy: "2.5.0",
  helm: "3.22.0",
  actionlint: "1.7.12",
  "compose-go": "2.9.1",
  starlark: "0.0.0-20260908191801-89a6a09411d5",
  zipkin: "3.4.4",
  /** With python/schemathesis.txt, which pins what it needs. */
  schemathesis: "4.32.5",
} as const;

export type PinnedProgram = keyof typeof pins;
