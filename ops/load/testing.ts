import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** An answer on its way to a guest; a rival of the truth may change it, or lose it by making it a 503. */
export type Answer = { status: number; body: string; headers: Record<string, string> };
/** Says what becomes of an answer. */
export type Meddle = (request: { method: string; path: string }, answer: Answer) => Answer;

/** A proxy before Gorder that does what it likes with the answers. */
export async function startLiar(target: string, meddle: Meddle): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    const method = request.method ?? "GET";
    const { status, body, headers } = meddle({ method, path }, await pass(target, request, method, path));
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

async function pass(target: string, request: IncomingMessage, method: string, path: string): Promise<Answer> {
  const names = ["authorization", "content-type", "idempotency-key", "if-none-match"] as const;
  const headers = Object.fromEntries(
    names.flatMap((name) => (request.headers[name] ? [[name, request.headers[name]]] : [])),
  );
  const body = method === "POST" ? await text(request) : null;
  const answer = await fetch(`${target}${path}`, { method, headers: headers as Record<string, string>, body });
  const etag = answer.headers.get("etag");
  return { status: answer.status, body: await answer.text(), headers: etag ? { etag } : {} };
}
