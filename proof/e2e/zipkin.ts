import { expect, inject, vi } from "vitest";

/** A span as Zipkin shows it; it writes names in lower case. */
export type ZipkinSpan = {
  traceId: string;
  id: string;
  parentId?: string;
  name: string;
  localEndpoint: { serviceName: string };
  tags?: Record<string, string>;
};

const within = { timeout: 60_000, interval: 200 };

/**
 * A trace once these spans are in it, each written as `service name`, and the parent of every span but for its root.
 * Services and sidecars send theirs every few seconds, each at its own pace.
 */
export function traceWith(traceId: string, wanted: readonly string[]): Promise<ZipkinSpan[]> {
  return vi.waitFor(async () => {
    const spans = await ask<ZipkinSpan[]>(`trace/${traceId}`);
    expect(spans.map(spanName)).toEqual(expect.arrayContaining([...wanted]));
    const ids = new Set(spans.map(({ id }) => id));
    expect(spans.filter(({ parentId }) => parentId && !ids.has(parentId)).map(spanName)).toEqual([]);
    return spans;
  }, within);
}

/** The first trace of a service with a span that has this tag. */
export function traceTagged(service: string, tag: string, value: string): Promise<ZipkinSpan[]> {
  const query = new URLSearchParams({ serviceName: service, annotationQuery: `${tag}=${value}` });
  return vi.waitFor(async () => {
    const [first] = await ask<ZipkinSpan[][]>(`traces?${query}`);
    if (!first) throw new Error(`no trace of ${service} with ${tag}=${value}`);
    return first;
  }, within);
}

/** Every name that spans of a service had since the stack began. */
export function namesOf(service: string): Promise<string[]> {
  return ask(`spans?${new URLSearchParams({ serviceName: service })}`);
}

/** A span as the tests name it: its service and what it does. */
export function spanName({ localEndpoint, name }: ZipkinSpan): string {
  return `${localEndpoint.serviceName} ${name}`;
}

async function ask<T>(path: string): Promise<T> {
  const response = await fetch(`${inject("stack").zipkinUrl}/api/v2/${path}`);
  if (!response.ok) throw new Error(`Zipkin answered ${response.status} to ${path}`);
  return (await response.json()) as T;
}
