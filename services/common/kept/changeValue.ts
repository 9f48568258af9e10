import { StateConflict, type StateStore } from "#common/dapr/ports";
import { AppError } from "#common/errors";

/** How often a change is tried again when somebody else was faster. */
const mostTries = 20;

/**
 * Changes a value of the state store, whose ETags keep two writers apart; a change that gives the same object back is
 * not saved. `change` runs again when somebody else was faster.
 * @param before what is to be done before a new value is saved.
 * @throws AppError "unavailable" when others were faster too often.
 */
export async function changeValue<T, C extends T>(
  state: StateStore,
  key: string,
  change: (value: T | undefined) => C,
  before: (value: C) => Promise<void> = async () => {},
): Promise<C> {
  for (let tries = 1; ; tries++) {
    const found = await state.get<T>(key);
    const value = change(found?.value);
    if (value === found?.value) return value;
    await before(value);
    try {
      await state.save<T>(key, value, found ? { etag: found.etag } : { create: true });
      return value;
    } catch (cause) {
      if (!(cause instanceof StateConflict)) throw cause;
      if (tries === mostTries) throw new AppError("unavailable", `Others changed ${key}`, {}, { cause });
    }
  }
}
