import { Dialog } from "../../ui/Dialog.tsx";
import { useStore } from "../../ui/useShop.ts";
import { signInPath } from "../api/session.ts";
import { useDesk } from "./useDesk.ts";

/** Over everything once the session has ended: nothing below it can be done any more. */
export function Ended({ open }: { open: boolean }) {
  useStore(useDesk().navigator.place);
  return (
    <Dialog open={open} onClose={() => {}} labelledBy="ended-heading" class="ended">
      <h2 id="ended-heading">Your session has ended</h2>
      <p>What you see may be old. Sign in again, and you come back to this place.</p>
      <div class="dialog-actions">
        <a class="button" href={signInPath(window.location)}>
          Sign in again
        </a>
      </div>
    </Dialog>
  );
}
