import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { useStore } from "../../ui/useShop.ts";
import type { Session } from "../api/session.ts";
import type { Desk } from "../desk.ts";

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("There is no desk");
  return desk;
}

/** Who is signed in, for views that are drawn for nobody else. */
export function useMe(): Extract<Session, { state: "in" }> {
  const session = useStore(useDesk().session.store);
  if (session.state !== "in") throw new Error("Nobody is signed in");
  return session;
}
