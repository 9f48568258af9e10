import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { onTestFinished } from "vitest";

/** When the connection breaks: as the server is about to be told to commit, or when it says that it has. */
export type CutAt = "the commit" | "its answer";

/** The statement as it starts on the wire, after the byte that announces a query. */
const commit = "\u0003COMMIT";

/** A proxy before a MySQL server that breaks the connection of the first COMMIT, and of no later one. */
export async function cuttingFirstCommit(address: string, at: CutAt): Promise<string> {
  const { port, hostname } = new URL(address);
  let isDone = false;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    const cut = () => {
      client.destroy();
      upstream.destroy();
    };
    client.on("data", (packet) => {
      if (isDone || !packet.includes(commit)) return void upstream.write(packet);
      isDone = true;
      if (at === "the commit") return cut();
      upstream.removeAllListeners("data");
      upstream.once("data", cut);
      upstream.write(packet);
    });
    upstream.on("data", (packet) => client.write(packet));
    for (const socket of [client, upstream]) socket.on("close", cut).on("error", cut);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const proxy = new URL(address);
  proxy.port = String((server.address() as AddressInfo).port);
  return proxy.href;
}
