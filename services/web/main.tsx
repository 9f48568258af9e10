import { render } from "preact";
import { openShop } from "./shop.ts";
import "./styles/index.css";
import { App } from "./ui/App.tsx";
import { ShopContext } from "./ui/useShop.ts";

const root = document.getElementById("app");
if (root) {
  render(
    <ShopContext.Provider value={openShop(window)}>
      <App />
    </ShopContext.Provider>,
    root,
  );
}
