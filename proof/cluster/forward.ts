import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { namespace } from "./kubectl.ts";

/** How long a way may take to open at first, and how often it is tried. */
const [patienceMs, everyMs] = [60_000, 250];

const opened = /Forwarding from 127\.0\.0\.1:(\d+)/;

/** A port of this machine that leads to a service in the cluster. */
export type Forward = { readonly port: number; end(): void };

type Attempt = { readonly child: ChildProcess; readonly port: Promise<number>; readonly closed: Promise<void> };

function attempt(target: string, remote: number, local: number | undefined): Attempt {
  const child = spawn("kubectl", ["--namespace", namespace, "port-forward", target, `${local ?? ""}:${remote}`]);
  const closed = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const port = new Promise<number>((resolve, reject) => {
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output = (output + chunk.toString("utf8")).slice(-4_000);
        const found = opened.exec(output)?.[1];
        if (found) resolve(Number(found));
      });
    }
    child.on("error", reject);
    child.on("close", () => reject(new Error(`no way to ${target}, port ${remote}: ${output}`)));
  });
  // A caller that waits for the end alone has no use for the reason.
  port.catch(() => {});
  return { child, port, closed };
}

/** The first way that opens: a pod may just have gone, and its successor not be there, or a port still be held. */
async function firstOf(target: string, remote: number, local: number | undefined): Promise<[Attempt, number]> {
  for (const deadline = Date.now() + patienceMs; ; await wait(everyMs)) {
    const made = attempt(target, remote, local);
    const port = await made.port.catch((error: Error) => error);
    if (typeof port === "number") return [made, port];
    if (Date.now() > deadline) throw port;
  }
}

/**
 * `kubectl port-forward`, begun anew whenever its pod went: it leads to one pod, not to a service.
 * @param target such as `service/order`. @param remote its port. @param local the port here; any when missing.
 * @throws with kubectl's own word when no way opened within a minute.
 */
export async function forward(target: string, remote: number, local?: number): Promise<Forward> {
  let [now, port] = await firstOf(target, remote, local);
  let ended = false;
  const keep = async () => {
    for (;;) {
      await now.closed;
      if (ended) return;
      await wait(everyMs);
      now = attempt(target, remote, port);
    }
  };
  void keep();
  return {
    port,
    end: () => {
      ended = true;
      now.child.kill();
    },
  };
}
