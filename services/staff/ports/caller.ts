import { create } from "@bufbuild/protobuf";
import { createContextKey, type HandlerContext } from "@connectrpc/connect";
import { AppError } from "#common/errors";
import { type Act, ActSchema } from "#common/genproto/common/v1/act_pb";
import { isBlank, withoutUnseen } from "#common/plainText";
import type { Session } from "../domain/member.ts";

/** Whose call it is: set from the session cookie before any handler. */
export const callerKey = createContextKey<Session | undefined>(undefined, { description: "who of the staff calls" });

/** Who calls. @throws AppError "unauthorized" when nobody is signed in. */
export function callerOf({ values }: Pick<HandlerContext, "values">): Session {
  const caller = values.get(callerKey);
  if (!caller) throw new AppError("unauthorized", "Sign in first: the session has ended, or was never begun");
  return caller;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The longest reason, in characters. */
const longestReason = 500;

/**
 * The caller's act, as the services behind record it. `required`: it is not done without a reason.
 * @throws AppError "invalid" that names the field.
 */
export function actOf(
  request: { requestId: string; reason?: string },
  context: Pick<HandlerContext, "values">,
  { required = false } = {},
): Act {
  const { subject, name } = callerOf(context);
  const { requestId } = request;
  const reason = withoutUnseen(request.reason ?? "").trim();
  if (!uuid.test(requestId)) throw new AppError("invalid", "request_id: must be a UUID that the page made");
  if (required && isBlank(reason)) throw new AppError("invalid", "reason: say why, in a few words");
  if (reason.length > longestReason) throw new AppError("invalid", `reason: at most ${longestReason} characters`);
  return create(ActSchema, { requestId: requestId.toLowerCase(), subject, name, reason });
}
