import { render } from "preact";
import { openDesk } from "./desk.ts";
import "./styles/index.css";
import { App } from "./ui/App.tsx";
import { DeskContext } from "./ui/useDesk.ts";

const root = document.getElementById("app");
if (root) {
  render(
    <DeskContext.Provider value={openDesk(window)}>
      <App />
    </DeskContext.Provider>,
    root,
  );
}
