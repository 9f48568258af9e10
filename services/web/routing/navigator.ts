import { createStore, type Store } from "../store.ts";
import { type PaymentReturn, takePaymentReturn } from "./paymentReturn.ts";
import { parsePath, type Route } from "./route.ts";

/** `visit` grows with every change of place, so that the same route visited again counts as a move. */
export type Place = { route: Route; back: PaymentReturn | undefined; visit: number };

export type Navigator = { place: Store<Place>; go(path: string): void };

type Browser = {
  location: Pick<Location, "pathname" | "search">;
  history: Pick<History, "pushState" | "replaceState">;
  addEventListener(type: "popstate", listener: () => void): void;
};

/** Follows the browser's address bar and moves it; strips what the payment page left in the query. */
export function createNavigator(browser: Browser): Navigator {
  const arrive = (visit: number): Place => {
    const { pathname, search } = browser.location;
    const taken = takePaymentReturn(search);
    if (taken.search !== search) browser.history.replaceState(null, "", pathname + taken.search);
    return { route: parsePath(pathname), back: taken.back, visit };
  };
  const place = createStore(arrive(0));
  const move = () => place.set(arrive(place.get().visit + 1));
  browser.addEventListener("popstate", move);
  return {
    place,
    go(path) {
      browser.history.pushState(null, "", path);
      move();
    },
  };
}
