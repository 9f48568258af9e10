import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { listen } from "./listen.ts";

test("closing finishes the requests that were accepted", async () => {
  let answer = (): void => {};
  const accepted = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let begun = (): void => {};
  const received = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const server = await listen(
    async (_, response) => {
      begun();
      await accepted;
      response.end("whole");
    },
    "127.0.0.1",
    0,
  );
  const asked = fetch(`http://127.0.0.1:${server.port}/`);
  await received;
  const closed = server.close();
  await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow();
  answer();
  expect(await (await asked).text()).toBe("whole");
  await closed;
});

test("whoever never finishes a request does not hold up the end", async () => {
  const server = await listen((_, response) => response.end(), "127.0.0.1", 0);
  const slow = connect(server.port, "127.0.0.1");
  await once(slow, "connect");
  slow.write("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nhalf");
  await once(slow, "data");
  const gone = once(slow, "close");
  await server.close(50);
  await gone;
});

test("a port that is taken is said at once", async () => {
  const server = await listen((_, response) => response.end(), "127.0.0.1", 0);
  await expect(listen(() => {}, "127.0.0.1", server.port)).rejects.toThrow("EADDRINUSE");
  await server.close();
});
