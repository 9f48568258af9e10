import { Fragment } from "preact";
import { useEffect } from "preact/hooks";
import { words } from "../language/language.ts";
import { Footer } from "./Footer.tsx";
import { Header } from "./Header.tsx";
import { MenuPage } from "./MenuPage.tsx";
import { MissingPage } from "./MissingPage.tsx";
import { OrderPage } from "./OrderPage.tsx";
import { OrdersPage } from "./OrdersPage.tsx";
import { useRouteFocus } from "./useRouteFocus.ts";
import { useShop, useStore } from "./useShop.ts";
import { useVisible } from "./useVisible.ts";

const refreshMs = 30_000;

export function App() {
  const { menu, navigator, announcement, language } = useShop();
  const { visit } = useStore(navigator.place);
  const said = useStore(announcement);
  const spoken = useStore(language);
  const main = useRouteFocus(visit);
  useEffect(() => void menu.load(), [menu]);
  useVisible(menu.refresh, refreshMs);

  // All of it anew in another language.
  return (
    <Fragment key={spoken}>
      <a class="skip-link" href="#main">
        {words.skip}
      </a>
      <Header />
      <main id="main" ref={main} tabIndex={-1}>
        <View />
      </main>
      <Footer />
      <p class="visually-hidden" role="status" aria-live="polite">
        {said}
      </p>
    </Fragment>
  );
}

function View() {
  const { route, back, visit } = useStore(useShop().navigator.place);
  switch (route.view) {
    case "menu":
      return <MenuPage />;
    case "orders":
      return <OrdersPage />;
    case "order":
      return <OrderPage key={`${route.orderId} ${visit}`} orderId={route.orderId} back={back} />;
    case "missing":
      return <MissingPage />;
  }
}
