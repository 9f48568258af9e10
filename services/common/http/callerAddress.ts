import { isIP } from "node:net";
import { ipKeyGenerator } from "express-rate-limit";

/**
 * What a limit counts a caller by: an IPv4 address, or of IPv6 the network (/56) that one household has. Proxies write
 * addresses with ports, in brackets and with zones, and all of these are one caller. What is no address at all is
 * "unknown": those who send it share one count.
 */
export function callerAddress({ ip = "" }: { ip?: string | undefined }): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(ip)?.[1];
  const bare = (bracketed ?? ip.replace(/^([\d.]+):\d+$/, "$1")).replace(/%.*$/, "");
  return isIP(bare) === 0 ? "unknown" : ipKeyGenerator(bare);
}
