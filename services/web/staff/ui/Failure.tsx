import { Notice } from "../../ui/Notice.tsx";
import { explain, isPassing } from "../api/refusals.ts";

/** Why something did not work, in the server's words where it has any. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (!error) return null;
  const { title, text } = explain(error);
  return (
    <Notice kind="bad" title={title}>
      <p>{text}</p>
      {onRetry && isPassing(error) && (
        <button type="button" class="button button-quiet" onClick={onRetry}>
          Try again
        </button>
      )}
    </Notice>
  );
}
