import { useEffect } from "preact/hooks";
import { useRouteFocus } from "../../ui/useRouteFocus.ts";
import { useStore } from "../../ui/useShop.ts";
import { type Screen, screens } from "../routing/route.ts";
import { AuditPage } from "./audit/AuditPage.tsx";
import { Ended } from "./Ended.tsx";
import { doorTo, Header } from "./Header.tsx";
import { KitchenPage } from "./kitchen/KitchenPage.tsx";
import { MenuPage } from "./menu/MenuPage.tsx";
import { MoneyPage } from "./money/MoneyPage.tsx";
import { TakingsPage } from "./money/TakingsPage.tsx";
import { Nothing } from "./Nothing.tsx";
import { OrderFilePage } from "./orders/OrderFilePage.tsx";
import { OrdersPage } from "./orders/OrdersPage.tsx";
import { TroublePage } from "./trouble/TroublePage.tsx";
import { useDesk, useMe } from "./useDesk.ts";
import { useSessionEnd } from "./useSessionEnd.ts";

const pages: Record<Screen, () => preact.JSX.Element> = {
  kitchen: KitchenPage,
  orders: OrdersPage,
  takings: TakingsPage,
  menu: MenuPage,
  money: MoneyPage,
  trouble: TroublePage,
  audit: AuditPage,
};

/** The page of somebody who is signed in. */
export function Frame() {
  const { navigator, announcement } = useDesk();
  const { may, ended } = useMe();
  useSessionEnd();
  const { route, visit } = useStore(navigator.place);
  const main = useRouteFocus(visit);
  const said = useStore(announcement);
  useEffect(() => {
    if (said === "") return;
    const timer = setTimeout(() => announcement.set(""), 4_000);
    return () => clearTimeout(timer);
  }, [said, announcement]);

  const home = screens.find((screen) => may(doorTo[screen]));
  const screen =
    route.view === "home" ? home : route.view === "missing" || route.view === "order" ? undefined : route.view;
  const Page = screen && may(doorTo[screen]) ? pages[screen] : undefined;
  return (
    <>
      <a class="skip-link" href="#main">
        Skip to content
      </a>
      <Header here={route.view === "order" ? "orders" : screen} />
      <main id="main" ref={main} tabIndex={-1} class={screen === "kitchen" ? "main-kitchen" : ""}>
        {route.view === "order" && may("GetOrder") ? (
          <OrderFilePage key={route.orderId} orderId={route.orderId} />
        ) : Page ? (
          <Page />
        ) : (
          <div class="narrow">
            <h1 tabIndex={-1}>There is nothing here for you</h1>
            <Nothing text="This address leads nowhere, or to a door that your role does not open." />
          </div>
        )}
      </main>
      <p class={`toast ${said ? "toast-shown" : ""}`} role="status" aria-live="polite">
        {said}
      </p>
      <Ended open={ended} />
    </>
  );
}
