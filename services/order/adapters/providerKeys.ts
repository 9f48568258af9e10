import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from "jose";
import { AppError } from "#common/errors";
import type { Logger } from "#common/logging";

/** After that long the keys are asked for anew; a key that the provider withdraws is trusted no longer than that. */
const freshMs = 10 * 60_000;
/** While the provider is away its last keys are trusted for so long. */
const staleMs = 24 * 3_600_000;
/** How long an unanswered question keeps a customer waiting, and the pause until the next that nobody waits for. */
const timeoutMs = 2_000;
const retryMs = 5_000;

/**
 * The keys of an identity provider. Once known they are renewed without anybody waiting, and stay good while the
 * provider is away, for a day.
 * @throws AppError "unavailable" when the key of a token cannot be asked for; jose's errors when the token is at fault.
 */
export function providerKeys(jwksUrl: string, logger: Logger): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(new URL(jwksUrl), {
    cacheMaxAge: Number.POSITIVE_INFINITY,
    timeoutDuration: timeoutMs,
  });
  let [renewedAt, triedAt] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let isAway = false;

  const heard = (): void => {
    renewedAt = performance.now();
    if (isAway) logger.info("the identity provider answers again");
    isAway = false;
  };
  const missed = (error: unknown): void => {
    if (!isAway) logger.warn("the identity provider's keys are out of reach", { reason: reasonOf(error) });
    isAway = true;
  };
  const renew = async (): Promise<void> => {
    triedAt = performance.now();
    await remote.reload().then(heard, missed);
  };

  return async (header, token) => {
    const age = performance.now() - renewedAt;
    if (age > staleMs) await renew();
    else if (age > freshMs && performance.now() - triedAt > retryMs) void renew();
    if (performance.now() - renewedAt > staleMs) throw away();
    try {
      // A key that is not among the known ones may be new: then this asks.
      return await remote(header, token);
    } catch (error) {
      if (isOfToken(error)) throw error;
      missed(error);
      throw away(error);
    }
  };
}

function isOfToken(error: unknown): boolean {
  const kinds = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];
  return kinds.some((kind) => error instanceof kind);
}

function away(cause?: unknown): AppError {
  const message = "Who you are cannot be checked right now. Please try again in a moment.";
  return new AppError("unavailable", message, { retryAfterSeconds: 5 }, { cause });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
