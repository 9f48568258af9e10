import { readdirSync, readFileSync, readlinkSync } from "node:fs";

const listening = "0A";

function socketsOf(pid: number): Set<string> {
  const links = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return ""; // closed in the meantime
    }
  });
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
}

/** Every listening TCP socket of these processes (Linux), as the kernel writes addresses: hex, bytes reversed. */
export function listenersOf(pids: readonly number[]): { address: string; port: number }[] {
  const own = new Set(pids.flatMap((pid) => [...socketsOf(pid)]));
  return ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((table) =>
    readFileSync(table, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === listening && own.has(fields[9] ?? ""))
      .map((fields) => {
        const [address = "", port = ""] = (fields[1] ?? "").split(":");
        return { address, port: Number.parseInt(port, 16) };
      }),
  );
}

const loopback = /^(0100007F|00000000000000000000000001000000|0000000000000000FFFF00000100007F)$/;

/** Whether an address, as the kernel writes it in hexadecimal, is this machine alone. */
export function isLoopback(address: string): boolean {
  return loopback.test(address);
}
