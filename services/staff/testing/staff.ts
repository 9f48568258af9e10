import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConnectRouter, createClient, createRouterTransport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { onTestFinished } from "vitest";
import { serverErrors, withDomainErrors } from "#common/connect/errors";
import { memoryKeep } from "#common/dapr/memory";
import { StaffService } from "#common/genproto/staff/v1/staff_pb";
import { listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { publicApp } from "#common/service";
import { sealedWith } from "#common/signIn/seal";
import { keptLogs } from "#common/testing/logs";
import type { IdentityProvider } from "../app/services.ts";
import { buildStaff, type StaffOptions } from "../build.ts";
import type { Role } from "../domain/roles.ts";

/** What sessions of tests are sealed with. */
export const secret = "staff-secret-0123456789-0123456789";

/** Order, stock and payment as these routes play them. */
export function servedBy(routes: (router: ConnectRouter) => void): StaffOptions["transports"] {
  const transport = withDomainErrors(
    createRouterTransport(routes, { router: { interceptors: [serverErrors(silentLogger)] } }),
  );
  return { order: transport, stock: transport, payment: transport };
}

type Parts = {
  routes?: (router: ConnectRouter) => void;
  /** A provider that knows where this service is. */
  providerFor?: (publicUrl: string) => Promise<IdentityProvider>;
} & Partial<StaffOptions>;

/** The staff service behind real HTTP; without routes nobody behind it answers. */
export async function staffHttp({ routes = () => {}, providerFor, ...own }: Parts = {}) {
  const webDir = mkdtempSync(join(tmpdir(), "gorder-staff-"));
  writeFileSync(join(webDir, "index.html"), "<title>staff</title>");
  const [logger, metrics] = [keptLogs(), createMetrics("staff", false)];
  let handle: ReturnType<typeof publicApp> | undefined;
  const http = await listen((request, response) => handle?.(request, response), "127.0.0.1", 0);
  const url = `http://localhost:${http.port}`;
  const keep = memoryKeep();
  const options = {
    transports: servedBy(routes),
    keep,
    secrets: [secret],
    publicUrl: url,
    webDir,
    logger,
    metrics,
    ...own,
  };
  const provider = await providerFor?.(url);
  const service = buildStaff({ ...options, ...(provider && { provider }) });
  handle = publicApp(service, logger);
  onTestFinished(async () => {
    service.drain?.();
    await http.close(100);
    await service.close();
    rmSync(webDir, { recursive: true });
  });
  /** The API with these headers; by default as the page itself calls it. */
  const api = (headers: Record<string, string>) =>
    createClient(
      StaffService,
      createConnectTransport({
        baseUrl: `${url}/staff/api`,
        httpVersion: "1.1",
        useBinaryFormat: false,
        interceptors: [
          (next) => (request) => {
            for (const [name, value] of Object.entries({ origin: url, ...headers })) request.header.set(name, value);
            return next(request);
          },
        ],
      }),
    );
  return { url, service, metrics, logger, api, as: async (role: Role) => api({ cookie: await cookieOf([role]) }) };
}

/** The cookie of somebody who signed in a moment ago. */
export async function cookieOf(roles: readonly Role[], own: object = {}, by = secret): Promise<string> {
  const now = Date.now();
  const session = {
    id: `session of ${roles.join()}`,
    subject: `${roles.join()}-1`,
    name: `A ${roles.join()}`,
    roles,
    startedAt: now,
    renewAt: now + 300_000,
    endsAt: now + 7_200_000,
    ...own,
  };
  return `gorder_staff=${await sealedWith([by], "gorder-staff").seal("session", session, session.endsAt)}`;
}
