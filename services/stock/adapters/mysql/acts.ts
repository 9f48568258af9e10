import { z } from "zod";
import type { ErrorKind } from "#common/errors";
import type { ActRecord, Done, KeptAct } from "../../domain/acts.ts";
import type { ActFilter, Page } from "../../domain/staffRepository.ts";
import { type Connection, type Parameter, run, select } from "./database.ts";
import { pageOf } from "./pages.ts";

type ActRow = Omit<ActRecord, "before" | "after" | "traceId"> & {
  before_fields: string;
  after_fields: string;
  trace_id: string;
};

type KeptRow = ActRow & { refusal_kind: string; content: string; answer: string };

const columns = "id, subject, name, action, target, before_fields, after_fields, reason, at, trace_id, refusal";
const kept = `${columns}, refusal_kind, content, answer`;

/** The act with an id, if there was one. */
export async function findAct(connection: Connection, id: string): Promise<KeptAct | undefined> {
  const [row] = await select<KeptRow>(connection, `SELECT ${kept} FROM acts WHERE id = ?`, [id]);
  if (!row) return undefined;
  const { refusal_kind, content, answer, ...record } = row;
  const refusalKind = refusal_kind === "" ? undefined : (refusal_kind as ErrorKind);
  return { record: toRecord(record), content, answer: answerOf(answer), refusalKind };
}

/** Keeps an act; fails when there is one with its id by now. */
export async function insertAct(connection: Connection, act: KeptAct): Promise<void> {
  const { record, content, answer, refusalKind = "" } = act;
  const { id, subject, name, action, target, before, after, reason, at, traceId, refusal } = record;
  const row = [id, subject, name, action, target, before, after, reason, at, traceId, refusal];
  await run(connection, `INSERT INTO acts (${kept}) VALUES ?`, [
    [[...row, refusalKind, content, JSON.stringify(answer)]],
  ]);
}

/** Acts on a target that were done, newest first, at most 200. */
export async function doneOn(connection: Connection, target: string): Promise<ActRecord[]> {
  const sql = `SELECT ${columns} FROM acts WHERE target = ? AND refusal_kind = '' ORDER BY at DESC, id DESC LIMIT 200`;
  return (await select<ActRow>(connection, sql, [target])).map(toRecord);
}

/** Records of acts, newest first. */
export async function findActs(connection: Connection, filter: ActFilter, page: Page): Promise<ActRecord[]> {
  const { subject, action, target, from, until } = filter;
  const wanted: [string, Parameter | undefined][] = [
    ["subject = ?", subject],
    ["action = ?", action],
    ["target = ?", target],
    ["at >= ?", from],
    ["at <= ?", until],
  ];
  return (await pageOf<ActRow>(connection, `SELECT ${columns} FROM acts`, wanted, page)).map(toRecord);
}

function toRecord({ before_fields: before, after_fields: after, trace_id: traceId, ...record }: ActRow): ActRecord {
  return { ...record, before, after, traceId };
}

/** An answer as it was given; what is in it was written by {@link insertAct}. */
function answerOf(json: string): Done {
  const { movement, ...answer } = z.record(z.string(), z.unknown()).parse(JSON.parse(json)) as Done;
  return movement ? { ...answer, movement: { ...movement, at: new Date(movement.at) } } : answer;
}
