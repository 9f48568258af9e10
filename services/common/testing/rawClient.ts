import { once } from "node:events";
import { connect } from "node:net";
import { onTestFinished } from "vitest";

/** A client that speaks bytes, as no well-behaved one would. */
export async function rawClient(port: number) {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  let heard = "";
  socket.on("data", (chunk) => {
    heard += chunk.toString("latin1");
  });
  // A server that closes while we still send is what is wanted here.
  socket.on("error", () => {});
  const closed = new Promise<void>((resolve) => void socket.once("close", () => resolve()));
  await Promise.race([once(socket, "connect"), closed]);
  return {
    say: (text: string) => void socket.write(text),
    heard: () => heard,
    /** Resolves with all that was heard, once the server has closed the connection. */
    closed: closed.then(() => heard),
    /** Sends up to `size` bytes, as fast as they are taken; returns how many were. */
    async pour(size: number, chunk = Buffer.alloc(64 * 1024, " ")): Promise<number> {
      let sent = 0;
      while (sent < size && !socket.destroyed) {
        if (socket.write(chunk)) await new Promise(setImmediate);
        else await Promise.race([once(socket, "drain").catch(() => {}), closed]);
        sent += chunk.length;
      }
      return sent;
    },
  };
}
