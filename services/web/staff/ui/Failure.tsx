import { Notice } from "../../ui/Notice.tsx";
import { explain, isPassing } from "../api/refusals.ts";

type Props = { error: unknown; onRetry?: () => void; ofAct?: boolean };

/** Why something did not work, in the server's words where it has any; `ofAct`: it was to be done, not only shown. */
export function Failure({ error, onRetry, ofAct = false }: Props) {
  if (!error) return null;
  const { title, text } = explain(error, ofAct);
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
