import { clone } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code, type ConnectRouter, type Interceptor } from "@connectrpc/connect";
import { GetTakingsResponseSchema } from "#common/genproto/order/v1/staff_pb";
import { Role, StaffService } from "#common/genproto/staff/v1/staff_pb";
import { boardOf, kitchenActs } from "./kitchen.ts";
import { menuActs } from "./menuActs.ts";
import { orderActs } from "./orderActs.ts";
import { allowedTo, type FakeState, refusal } from "./state.ts";
import { someTakings } from "./takings.ts";

const names: Record<number, readonly [subject: string, name: string]> = {
  [Role.COOK]: ["carla", "Carla Cook"],
  [Role.CASHIER]: ["carl", "Carl Cashier"],
  [Role.OWNER]: ["olga", "Olga Owner"],
};

/** Refuses as the real service does: without a session, without the role; and repeats the answer to a repeated act. */
export function guards(state: FakeState): Interceptor {
  return (next) => async (request) => {
    const { name } = request.method;
    state.calls.push(name);
    if (!state.signedIn) throw refusal(Code.Unauthenticated, "nobody is signed in");
    if (!allowedTo(state.role).includes(name)) throw refusal(Code.PermissionDenied, `your role may not call ${name}`);
    const failure = state.failing.get(name);
    if (failure) throw failure;
    const id = request.stream ? undefined : (request.message as { requestId?: string }).requestId;
    if (id === undefined) return next(request);
    if (!/^[0-9a-f-]{36}$/.test(id)) throw refusal(Code.InvalidArgument, "request_id is no UUID");
    const before = state.done.get(id) as Awaited<ReturnType<typeof next>> | undefined;
    const answer = before ?? (await next(request));
    state.done.set(id, answer);
    state.changed();
    return answer;
  };
}

/** The staff service played in memory, as strict with acts as the real one. */
export function fakeRoutes(state: FakeState): (router: ConnectRouter) => void {
  return (router) =>
    router.service(StaffService, {
      ...kitchenActs(state),
      ...menuActs(state),
      ...orderActs(state),
      getMe() {
        const [subject = "", name = ""] = names[state.role] ?? [];
        const sessionEndsAt = timestampFromMs(state.now() + 3_600_000);
        return { subject, name, roles: [state.role], allowed: allowedTo(state.role), sessionEndsAt, shop: state.shop };
      },
      async *watchBoard(_, { signal }) {
        while (!signal.aborted) {
          if (state.board === "down") throw refusal(Code.Unavailable, "the kitchen is away");
          if (state.board === "flows") yield boardOf(state);
          await changeOf(state, signal);
        }
      },
      getTakings: () => ({ takings: clone(GetTakingsResponseSchema, someTakings(state)) }),
      listMoney: () => ({ money: state.money }),
      resolvePutAside({ eventId }) {
        const left = state.money.putAside.filter((each) => each.eventId !== eventId);
        if (left.length === state.money.putAside.length)
          throw refusal(Code.FailedPrecondition, "it was decided before");
        state.money.putAside = left;
        return {};
      },
      searchActs: ({ filter }) => ({
        records: state.acts.filter(
          ({ subject, action, target }) =>
            (!filter?.subject || filter.subject === subject) &&
            (!filter?.action || filter.action === action) &&
            (!filter?.target || filter.target === target),
        ),
      }),
      getTrouble: () => state.trouble,
      getBooks: () => state.books,
      listDeadLetters: () => ({ queues: state.queues }),
      resendDeadLetters: (request) => removeLetters(state, request),
      discardDeadLetters: (request) => removeLetters(state, request),
    });
}

function removeLetters(state: FakeState, { queue, eventIds }: { queue: string; eventIds: string[] }) {
  const found = state.queues.find(({ name }) => name === queue);
  if (!found) throw refusal(Code.NotFound, `there is no queue ${queue}`);
  const before = found.count;
  found.letters = eventIds.length === 0 ? [] : found.letters.filter(({ eventId }) => !eventIds.includes(eventId));
  found.count = found.letters.length;
  return { count: before - found.count };
}

/** Resolves with the next change, the next beat, or the end of the stream. */
function changeOf({ listeners }: FakeState, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      listeners.delete(done);
      clearTimeout(beat);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const beat = setTimeout(done, 5_000);
    listeners.add(done);
    signal.addEventListener("abort", done);
  });
}
