import type { System } from "./system.ts";

/** Something that goes wrong for a while. */
export type Fault = {
  readonly name: string;
  /** Part of the run within `npm test`. */
  readonly isQuick?: boolean;
  /** What guests who order meanwhile must be answered: 201 or 503. Without it any answer will do. */
  readonly meanwhile?: 201 | 503;
  /** How many replicas of each service it takes. */
  readonly replicas?: number;
  /** How long it lasts, unless the run says otherwise. */
  readonly seconds?: number;
  /** How long its begin and its end take themselves: for so long guests must go on coming. */
  readonly takes?: number;
  begin(system: System): Promise<void>;
  /** What is wrong just before its end, in words. */
  problems?(system: System): Promise<string[]>;
  /** Lets the system be well again: it is from here that its recovery is measured. */
  end(system: System): Promise<void>;
};

/** What may be said of one besides. */
export type More = Partial<Pick<Fault, "isQuick" | "meanwhile" | "seconds">>;
