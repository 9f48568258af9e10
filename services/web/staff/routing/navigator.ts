import { createStore, type Store } from "../../store.ts";
import { parsePath, type Route } from "./route.ts";

/** `visit` grows with every move to another view; a search within one is none. */
export type Place = { route: Route; search: string; visit: number };

export type Navigator = {
  place: Store<Place>;
  go(path: string): void;
  /** Puts what is looked for into the address: the same view, found again by "back" and by a link. */
  look(query: string): void;
};

type Browser = {
  location: Pick<Location, "pathname" | "search">;
  history: Pick<History, "pushState" | "replaceState">;
  addEventListener(type: "popstate", listener: () => void): void;
};

/** Follows the browser's address bar and moves it. */
export function createNavigator(browser: Browser): Navigator {
  const here = (visit: number): Place => {
    const { pathname, search } = browser.location;
    return { route: parsePath(pathname), search, visit };
  };
  const place = createStore(here(0));
  let shown = browser.location.pathname;
  const move = () => {
    const moved = browser.location.pathname !== shown;
    shown = browser.location.pathname;
    place.set(here(place.get().visit + (moved ? 1 : 0)));
  };
  browser.addEventListener("popstate", () => {
    const { pathname, search } = browser.location;
    // A jump within the view, as by the skip link, is no move.
    if (pathname !== shown || search !== place.get().search) move();
  });
  return {
    place,
    go(path) {
      browser.history.pushState(null, "", path);
      move();
    },
    look(query) {
      const path = browser.location.pathname + (query && `?${query}`);
      browser.history.pushState(null, "", path);
      move();
    },
  };
}
