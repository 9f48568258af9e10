import { useRef, useState } from "preact/hooks";
import type { Order } from "../api/types.ts";
import { words } from "../language/language.ts";
import { Dialog } from "./Dialog.tsx";
import { Failure } from "./Notice.tsx";
import { useShop } from "./useShop.ts";

export function CancelOrder({ order, onCancelled }: { order: Order; onCancelled(order: Order): void }) {
  const { api } = useShop();
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  const [working, setWorking] = useState(false);
  const running = useRef(false);

  async function cancel() {
    if (running.current) return;
    running.current = true;
    setWorking(true);
    setError(undefined);
    try {
      const cancelled = await api.cancel(order.id);
      setAsking(false);
      // Nothing under an open question takes the focus, and closing it gives the focus back to a button that soon goes.
      await drawn();
      document.querySelector<HTMLElement>("h1")?.focus();
      onCancelled(cancelled);
    } catch (failure) {
      setError(failure);
    } finally {
      running.current = false;
      setWorking(false);
    }
  }

  return (
    <>
      <button type="button" class="button button-quiet" onClick={() => setAsking(true)}>
        {words.cancel.button}
      </button>
      <Dialog open={asking} onClose={() => setAsking(false)} labelledBy="cancel-heading">
        <h2 id="cancel-heading">{words.cancel.heading}</h2>
        <p>{words.cancel.text}</p>
        {Boolean(error) && <Failure error={error} />}
        <div class="dialog-actions">
          <button type="button" class="button button-quiet" onClick={() => setAsking(false)}>
            {words.cancel.keep}
          </button>
          <button type="button" class="button button-danger" aria-disabled={working} onClick={cancel}>
            {working ? words.cancel.working : words.cancel.confirm}
          </button>
        </div>
      </Dialog>
    </>
  );
}

/** Resolves when what was set is on the page: it is drawn at the end of the turn. */
function drawn(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve));
}
