import { Router } from "express";
import { problems } from "#common/http/problem";

/** What every `type` of a problem document leads to: its code, the statuses that it comes with, and what to do. */
export type ProblemType = { readonly code: string; readonly statuses: readonly number[]; title: string; help: string };

type Code = (typeof problems)[keyof typeof problems]["code"] | "method-not-allowed" | "payload-too-large" | "internal";

/** What a client of the API should know of each problem; a problem without its words does not compile. */
const helps: Record<Code, string> = {
  "invalid-request":
    "Put right what errors names: each has the field and what is wrong with it. Sent as it is, it fails again.",
  unauthorized: "Send the token of POST /api/session as Authorization: Bearer, or let the browser send its cookie.",
  forbidden: "You are known, and your role does not include this act. Somebody with another role can do it.",
  "not-found": "Look at the address and the ids in it. What belongs to somebody else is not found either.",
  "out-of-stock": "shortages names each product, what was asked for and what is left. Ask for less, or leave it out.",
  "order-conflict": "The thing moved on meanwhile, and its status does not allow this any more. Read it again first.",
  "exists-already": "Something with this id is there. Take another id, or change the one that is there.",
  "shop-closed":
    "No orders are taken at the moment; detail has the shop's own sentence. The menu says when that changes.",
  "prices-changed":
    "priceChanges names each product with the price that was shown and the one it has. Show it, then order with that.",
  "idempotency-key-reused":
    "Another order was placed with this Idempotency-Key. Take a new one for a new order, and the same one to repeat.",
  "too-many-requests":
    "Wait as long as Retry-After says. Limits are for a customer and for an address that many may share.",
  busy: "More is under way than can be served. Wait as long as Retry-After says, then send the same with the same key.",
  unavailable:
    "A server behind this one is away. Wait as long as Retry-After says, then send the same with the same key.",
  "method-not-allowed": "The Allow header has the methods that this address takes.",
  "payload-too-large": "Send less: a body may have 64 KiB.",
  internal:
    "A fault of ours. Try again, with the same Idempotency-Key; if it stays, tell whoever runs the shop the traceId.",
};

/** Those that are none of a domain error: what parsers and routing refuse, and what nobody expected. */
const others: readonly Omit<ProblemType, "help">[] = [
  { code: "invalid-request", statuses: [400, 412, 415, 416], title: problems.invalid.title },
  { code: "method-not-allowed", statuses: [405], title: "This address does not take that method" },
  { code: "payload-too-large", statuses: [413], title: "The body is too large" },
  { code: "internal", statuses: [500], title: "Internal Server Error" },
];

/** Every problem that our services answer with, once each. */
export const problemTypes: readonly ProblemType[] = [
  ...others,
  ...Object.values(problems)
    .filter(({ code }) => !others.some((other) => other.code === code))
    .map(({ code, status, title }) => ({ code, statuses: [status], title })),
].map((type) => ({ ...type, help: helps[type.code as Code] }));

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("'", "&#39;");

const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><main><h1>${title}</h1>${body}</main></body>
</html>`;

const link = ({ code, title }: ProblemType) => `<li><a href="/problems/${code}">${code}</a>: ${escaped(title)}</li>`;

const body = ({ code, statuses, help }: ProblemType) =>
  `<p>${escaped(help)}</p><p>Problem <code>${code}</code>, with status ${statuses.join(" or ")}, as an
<a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a> document.</p><p><a href="/problems">All problems</a></p>`;

/** A page for each problem's `type`, and one that lists them. */
export function problemPages(): Router {
  const router = Router();
  const list = page("Problems", `<ul>${problemTypes.map(link).join("\n")}</ul>`);
  router.get("/problems", (_request, response) => void response.type("html").send(list));
  for (const type of problemTypes) {
    const html = page(escaped(type.title), body(type));
    router.get(`/problems/${type.code}`, (_request, response) => void response.type("html").send(html));
  }
  return router;
}
