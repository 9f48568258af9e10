import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { type Browser, newBrowser } from "../../services/common/testing/browser.ts";

type Answer = { status: number; body: Record<string, unknown> };

/** Somebody who works here and has signed in. */
export type StaffMember = {
  /** Calls the staff's API, as their page does. */
  call(rpc: string, message: object): Promise<Answer>;
};

/** Signs in at the provider for development, which asks who one is. @param who `sub` of one of its people. */
export async function signIn(staffUrl: string, who: string, browser: Browser = newBrowser()): Promise<StaffMember> {
  const choice = await browser.open(`${staffUrl}/staff/login?return_to=/staff/`);
  const page = await browser.press(choice, "sub", who);
  if (page.status !== 200 || !page.url.startsWith(`${staffUrl}/staff/`)) {
    throw new Error(`${who} did not get in: ${page.status} at ${page.url}: ${page.text.slice(0, 500)}`);
  }
  return { call: (rpc, message) => callStaff(staffUrl, rpc, message, { cookie: browser.cookies(staffUrl) }) };
}

/** Calls the staff's API as their page does, with whatever is to say who calls. */
export async function callStaff(
  staffUrl: string,
  rpc: string,
  message: object,
  credentials: Readonly<Record<string, string>>,
): ReturnType<StaffMember["call"]> {
  const response = await fetch(`${staffUrl}/staff/api/staff.v1.StaffService/${rpc}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "connect-protocol-version": "1",
      origin: staffUrl,
      ...credentials,
    },
    body: JSON.stringify(message),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** The id of an act that was not tried before. */
export const newRequestId = randomUUID;

/** What nobody has answered for good: the network, a service that is away, or one that was cut off half-way. */
const open = new Set([0, 408, 429, 500, 502, 503, 504]);

/** Presses until somebody answers, always with the same request id, as the page does. @returns the last word. */
export async function untilAnswered(member: StaffMember, rpc: string, message: object): Promise<Answer> {
  const end = Date.now() + 60_000;
  for (;;) {
    const answer = await member.call(rpc, message).catch(() => ({ status: 0, body: {} }));
    if (!open.has(answer.status) || Date.now() > end) return answer;
    await delay(100);
  }
}
