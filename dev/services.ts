import list from "../helm/files/services.json" with { type: "json" };

type List = typeof list;
type With<Fact extends string> = {
  [Name in keyof List]: List[Name] extends Record<Fact, unknown> ? Name : never;
}[keyof List];

/** Every program of ours that has an image: the services and Stripe's stand-in. */
export type ServiceName = keyof List;

/** A service with a sidecar: it registers itself, is called by its id, and has numbers of its own. */
export type App = With<"sidecar">;

/** A service with a sidecar that serves the public too, on a port of its own. */
export type FrontApp = App & With<"front">;

/** One that also serves plain gRPC. */
export type GrpcApp = With<"grpc">;

/** A line of services.json. */
type Marks = {
  readonly sidecar?: boolean;
  readonly grpc?: boolean;
  /** Browsers, or the payment provider, reach it by the way in. */
  readonly front?: boolean;
  /** Pods that play customers reach it. */
  readonly customers?: boolean;
  /** An installation may do without it. */
  readonly optional?: boolean;
  /** It plays somebody else, and is deployed with the development servers. */
  readonly standin?: boolean;
};

const marks: Readonly<Record<ServiceName, Marks>> = list;

/** The one list of services (helm/files/services.json, from which the chart is made too), in its order. */
export const services = Object.keys(list) as readonly ServiceName[];

/** Those with a sidecar. */
export const apps: readonly App[] = services.filter((name): name is App => "sidecar" in list[name]);

/** Whether a name is one of theirs. */
export function isApp(name: string): name is App {
  return apps.some((app) => app === name);
}

/** Whether an installation may do without it. */
export function isOptional(name: ServiceName): boolean {
  return marks[name].optional === true;
}

/** Those that the chart deploys, with a sidecar or without: Stripe's stand-in is one of its development servers. */
export const deployed: readonly ServiceName[] = services.filter((name) => marks[name].standin !== true);

/** Whether a service serves plain gRPC beside HTTP. */
export function hasGrpc(name: ServiceName): name is GrpcApp {
  return "grpc" in list[name];
}

/** Whether browsers or the payment provider reach it: then it has a port for them beside the sidecar's. */
export function isFront(name: ServiceName): name is FrontApp {
  return marks[name].front === true;
}

/** The file that a service starts with, from the root of the repository. */
export function entryOf(name: ServiceName): string {
  return `services/${name}/main.ts`;
}
