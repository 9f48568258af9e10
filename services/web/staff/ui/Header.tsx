import { useEffect, useRef } from "preact/hooks";
import { useStore } from "../../ui/useShop.ts";
import type { Door } from "../api/doors.ts";
import { type Screen, screenPath, screens } from "../routing/route.ts";
import { Link } from "./Link.tsx";
import { useDesk, useMe } from "./useDesk.ts";
import { Wordmark } from "./Wordmark.tsx";

/** What has to be allowed for a screen to be of use. */
export const doorTo: Record<Screen, Door> = {
  kitchen: "WatchBoard",
  orders: "SearchOrders",
  takings: "GetTakings",
  menu: "ListDishes",
  money: "ListMoney",
  trouble: "ListDeadLetters",
  audit: "SearchActs",
};

export const screenNames: Record<Screen, string> = {
  kitchen: "Kitchen",
  orders: "Orders",
  takings: "Takings",
  menu: "Menu",
  money: "Money",
  trouble: "Trouble",
  audit: "Audit",
};

export function Header({ here }: { here: Screen | undefined }) {
  const { navigator } = useDesk();
  const { me, may } = useMe();
  useStore(navigator.place);
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [here]);
  return (
    <header class="header">
      <div class="header-inner">
        <Link href="/staff/" class="wordmark" aria-label="Gorder, behind the counter">
          <Wordmark />
        </Link>
        <nav aria-label="Main" ref={nav}>
          {screens
            .filter((screen) => may(doorTo[screen]))
            .map((screen) => (
              <Link key={screen} href={screenPath(screen)} aria-current={here === screen ? "page" : undefined}>
                {screenNames[screen]}
              </Link>
            ))}
        </nav>
        <p class="who">
          <span class="who-name">{me.name || me.subject}</span>
          <a href="/staff/logout">Sign out</a>
        </p>
      </div>
    </header>
  );
}
