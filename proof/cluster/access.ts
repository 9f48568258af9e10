import { apps, isFront } from "../../dev/services.ts";
import type { ProvidedStack } from "../testing/provided.ts";
import { payPort } from "./chart.ts";
import { type Forward, forward } from "./forward.ts";
import { kubectl, list } from "./kubectl.ts";
import { staffPort } from "./oidc.ts";

/** What the tests reach of an installed Gorder: as much of a stack as tests look at who break nothing. */
export type Reached = Pick<
  ProvidedStack,
  "apps" | "appApiToken" | "mysqlUrl" | "mongodbUrl" | "standinUrl" | "stripeSecretKey"
>;

async function secret(name: string, key: string): Promise<string> {
  const encoded = await kubectl("get", "secret", name, `--output=jsonpath={.data.${key}}`);
  return Buffer.from(encoded, "base64").toString("utf8");
}

function at(url: string, { port }: Forward): string {
  const here = new URL(url);
  here.host = `127.0.0.1:${port}`;
  return here.href;
}

/** Forwards a port of this machine to each service and server that tests look at. `end` takes them back. */
export async function reach(): Promise<{ reached: Reached; end(): void }> {
  const forwards: Forward[] = [];
  const lead = async (target: string, port: number, local?: number) => {
    const opened = await forward(target, port, local);
    forwards.push(opened);
    return opened;
  };
  const open = (name: string, port: number, local?: number) => lead(`service/${name}`, port, local);
  const here = async (forwarded: Promise<Forward>) => `http://127.0.0.1:${(await forwarded).port}`;
  const reachedApps: Record<string, ProvidedStack["apps"]["order" | "stock"]> = {};
  const installed = (await list("services")).map(({ metadata }) => metadata.name);
  for (const app of apps.filter((name) => installed.includes(name))) {
    // No service leads to what only the sidecar calls; from this end of the pod it is reached all the same.
    const appUrl = await here(lead(`deployment/${app}`, 8083));
    const common = { appUrl, appUrls: [appUrl], grpcUrl: undefined, daprHttpPort: 3500, daprGrpcPort: 50_001 };
    const url = isFront(app) ? await here(open(app, 8080, app === "staff" ? staffPort : undefined)) : undefined;
    reachedApps[app] = url === undefined ? common : { ...common, url, urls: [url] };
  }
  await open("standin", 8080, payPort);
  return {
    reached: {
      apps: reachedApps as ProvidedStack["apps"],
      appApiToken: await secret("gorder-app-token", "token"),
      mysqlUrl: at(await secret("gorder-mysql", "url"), await open("mysql", 3306)),
      mongodbUrl: `${at(await secret("gorder-mongodb", "url"), await open("mongodb", 27_017))}?directConnection=true`,
      standinUrl: `http://127.0.0.1:${payPort}`,
      stripeSecretKey: await secret("gorder-stripe", "secretKey"),
    },
    end: () => {
      for (const one of forwards) one.end();
    },
  };
}
