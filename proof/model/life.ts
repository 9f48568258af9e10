import { AppError } from "#common/errors";

/** One run of a service as a process: it can die at any step, and what it waited for then never comes. */
export type Life = {
  readonly service: string;
  isOver(): boolean;
  end(): void;
  /** What others see of a call to this life: its outcome, or a lost connection when it dies first. */
  seen<T>(call: Promise<T>): Promise<T>;
};

/** Whether a process survives a step, and if not, whether the step still had its effect. */
export type Fate = "lives" | "dies before" | "dies after";

/** Told of every step of a process before it is made; its answer decides. A step is named as "order: orders.update". */
export type Fates = (step: string) => Promise<Fate>;

const never = new Promise<never>(() => {});

/** Starts a life. @param died told once, when it is over. */
export function startLife(service: string, died: () => void): Life {
  let over = false;
  let lose: (error: AppError) => void = () => {};
  const lost = new Promise<never>((_, reject) => {
    lose = reject;
  });
  lost.catch(() => {});
  return {
    service,
    isOver: () => over,
    end() {
      if (over) return;
      over = true;
      lose(new AppError("unavailable", `${service} died`));
      died();
    },
    seen: (call) => Promise.race([call, lost]),
  };
}

/**
 * A port as a mortal process sees it: each call is a step at which the process may die. The dead neither call nor hear.
 * @param nameOf what a call is called; by default by its method.
 */
export function mortal<T extends object>(
  life: Life,
  name: string,
  port: T,
  fates: Fates,
  nameOf = (method: string, _args: readonly unknown[]) => method,
): T {
  const step = async (method: string, call: (...args: unknown[]) => unknown, args: unknown[]): Promise<unknown> => {
    if (life.isOver()) return never;
    const fate = await fates(`${life.service}: ${name}.${nameOf(method, args)}`);
    if (fate === "dies before") life.end();
    // Others may have ended it while it waited for its fate.
    if (life.isOver()) return never;
    try {
      const result = await call(...args);
      if (fate === "dies after") life.end();
      return life.isOver() ? never : result;
    } catch (error) {
      return life.isOver() ? never : Promise.reject(error);
    }
  };
  return new Proxy(port, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => step(String(key), (...its) => Reflect.apply(member, target, its), args);
    },
  });
}
