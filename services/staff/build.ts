import { randomUUID } from "node:crypto";
import { Router } from "express";
import type { StateStore } from "#common/dapr/ports";
import { oneHost } from "#common/http/oneHost";
import { keptLog } from "#common/kept/log";
import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import { startPeriodic } from "#common/periodic";
import type { Service } from "#common/service";
import { cookiesFor } from "#common/signIn/cookies";
import { sealedWith } from "#common/signIn/seal";
import type { Lifetimes } from "#common/signIn/session";
import { sessionCookie } from "#common/signIn/sessionCookie";
import { keepSessions } from "#common/signIn/sessions";
import { currentTraceId } from "#common/tracing";
import { type AskActs, actsOf } from "./adapters/acts.ts";
import { watchedBoard } from "./adapters/board.ts";
import { keepBooks } from "./adapters/books.ts";
import { type DeadLetters, leftOf, noDeadLetters } from "./adapters/deadLetters.ts";
import type { Entrances } from "./adapters/entrances.ts";
import { ownActPages } from "./adapters/ownActPage.ts";
import { servicesOn, type Transports } from "./adapters/services.ts";
import { keepOwnActs, type OwnLog } from "./app/ownActs.ts";
import type { IdentityProvider } from "./app/services.ts";
import { keepTallies } from "./app/tallies.ts";
import type { SignedIn } from "./domain/member.ts";
import { apiRoutes } from "./ports/http/api.ts";
import { enterRoutes } from "./ports/http/enter.ts";
import { staffPage } from "./ports/http/page.ts";
import { staffSession, staffSignIn } from "./ports/http/signIn.ts";
import { takingsCsvRoute } from "./ports/http/takingsCsv.ts";
import { staffRpc } from "./ports/staffRpc.ts";

export type StaffOptions = {
  /** How order, stock and payment are reached. */
  transports: Transports;
  provider?: IdentityProvider;
  /** One-time links instead of a provider: for `npm start` alone. */
  entrances?: Entrances;
  /** Sessions are sealed with the first, and opened with any. */
  secrets: readonly string[];
  lifetimes?: Lifetimes;
  /** Where browsers find us: an origin. */
  publicUrl: string;
  /** Where the built page is; absolute. */
  webDir: string;
  deadLetters?: DeadLetters;
  /** The store that forgets nothing. */
  keep: StateStore;
  /** Where a trace is shown; `{traceId}` stands for its id. */
  traceUrl?: string | undefined;
  logger: Logger;
  metrics: Metrics;
  /** What time it is for every replica, in milliseconds since the epoch: one asks whether another's act has died. */
  now?: () => number;
  close?: () => Promise<void>;
};

/** Two hours unused, twelve in all: a shift. */
const shift: Lifetimes = { idleMs: 2 * 3_600_000, maxMs: 12 * 3_600_000 };

/** Why a member may not stay, by what the provider says of them by now. */
export function noRoleLeft({ roles }: Pick<SignedIn, "roles">): string | undefined {
  return roles.length === 0 ? "no role is left" : undefined;
}

/** Staff: the page and the API of those who run the shop. The services behind do and record the acts, but for staff's own ones. */
export function buildStaff(options: StaffOptions): Service {
  const { provider, entrances, publicUrl, webDir, traceUrl, logger, metrics } = options;
  const { lifetimes = shift, deadLetters = noDeadLetters, now = Date.now } = options;
  const services = servicesOn(options.transports);
  const log: OwnLog = keptLog(options.keep, "acts");
  const noted = { log, newId: randomUUID, logger, now, traceId: currentTraceId };
  const ownActs = keepOwnActs({ ...noted, left: leftOf(deadLetters) });
  const tallies = keepTallies(noted);
  const sources = { ...services, ownActs: ownActPages(log, now) };
  const acts: AskActs = (asked) => actsOf(sources, asked);
  const closing = startPeriodic({
    name: "looking after staff's own acts",
    everyMs: 60_000,
    logger,
    work: async () => {
      await tallies.flush();
      await ownActs.closeOpen();
    },
  });
  const board = watchedBoard(services.order, logger);
  const cookies = cookiesFor(publicUrl, "gorder_staff");
  const seal = sealedWith(options.secrets, "gorder-staff", now);
  const sessions = keepSessions<SignedIn>({ provider, refuses: noRoleLeft, lifetimes, newId: randomUUID, now, logger });
  const cookie = sessionCookie({ sessions, shape: staffSession, seal, cookies, now, logger });
  metrics.gauge("gorder_staff_board_watchers", "Boards that somebody looks at", [], (gauge) => {
    gauge.set(board.watchers());
  });
  const http = Router().use(oneHost(publicUrl));
  if (entrances) http.use(enterRoutes(entrances, cookie, logger));
  http.use(
    staffSignIn({ provider, cookie, cookies, seal, tallies, publicUrl, now, logger }),
    apiRoutes(
      staffRpc({ services, acts, books: keepBooks(services, now), board, deadLetters, ownActs, traceUrl, now }),
      {
        cookie,
        tallies,
        publicUrl,
        logger,
        metrics,
      },
    ),
    takingsCsvRoute(services, cookie),
    staffPage(webDir),
  );
  const close = async () => {
    board.drain();
    await closing.stop();
    await tallies.flush();
    await options.close?.();
  };
  return { name: "staff", http, checks: {}, metrics, drain: board.drain, close };
}
