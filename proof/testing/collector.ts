import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** What came to a collector in one request. */
export type Taken = {
  readonly path: string | undefined;
  readonly type: string | undefined;
  readonly key: string | string[] | undefined;
  readonly body: Buffer;
};

/** A receiver of OTLP by HTTP that keeps what it is sent, as it came. It ends with the test. */
export async function collector(): Promise<{ host: string; url: string; taken: readonly Taken[] }> {
  const taken: Taken[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { "content-type": type, "x-key": key } = request.headers;
    taken.push({ path: request.url, type, key, body });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { host, url: `http://${host}`, taken };
}
