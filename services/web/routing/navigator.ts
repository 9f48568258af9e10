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
  let shown = browser.location.pathname;
  const move = () => {
    shown = browser.location.pathname;
    place.set(arrive(place.get().visit + 1));
  };
  browser.addEventListener("popstate", () => {
    // A jump within the view, as by the skip link, is no move.
    if (browser.location.pathname !== shown) move();
  });
  return {
    place,
    go(path) {
      if (path === shown) browser.history.replaceState(null, "", path);
      else browser.history.pushState(null, "", path);
      move();
    },
  };
}
