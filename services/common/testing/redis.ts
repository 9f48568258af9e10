import { createConnection } from "node:net";

/** Where a Redis is, and its password. */
type Redis = { host: string; port: number; password: string };

/** Has Redis do one command. @returns what it answered, in its own protocol. @throws when that is an error. */
export async function askRedis({ host, port, password }: Redis, words: readonly string[]): Promise<string> {
  const written = (all: readonly string[]) =>
    `*${all.length}\r\n${all.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`;
  const socket = createConnection(port, host);
  socket.write(written(["AUTH", password]) + written(words));
  let text = "";
  for await (const chunk of socket) {
    text += chunk;
    const [auth = "", answer] = text.split("\r\n");
    if (auth.startsWith("-") || answer?.startsWith("-")) throw new Error(`Redis refuses ${words[0]}: ${text}`);
    if (answer) break;
  }
  socket.destroy();
  return text.slice(text.indexOf("\r\n") + 2);
}
