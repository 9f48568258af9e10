import { useEffect } from "preact/hooks";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { useStore } from "../../ui/useShop.ts";
import { signInPath } from "../api/session.ts";
import { Failure } from "./Failure.tsx";
import { Frame } from "./Frame.tsx";
import { SignIn } from "./SignIn.tsx";
import { useDesk } from "./useDesk.ts";

export function App() {
  const { session } = useDesk();
  const now = useStore(session.store);
  useEffect(() => void session.ask(), [session]);
  if (now.state === "in") return <Frame />;
  if (now.state === "out") return <SignIn />;
  return (
    <main class="narrow">
      <h1>Behind the counter</h1>
      {now.state === "broken" ? (
        <>
          <Failure error={now.error} onRetry={() => void session.ask()} />
          <a href={signInPath(window.location)}>Sign in with another account</a>
        </>
      ) : (
        <Skeleton label="The page is loading" count={3} shape="row" />
      )}
    </main>
  );
}
