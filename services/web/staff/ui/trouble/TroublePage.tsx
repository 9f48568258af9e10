import { useCallback } from "preact/hooks";
import { useTitle } from "../../../ui/useTitle.ts";
import { Nothing } from "../Nothing.tsx";
import { Shown } from "../Shown.tsx";
import { useAsked } from "../useAsked.ts";
import { useDesk } from "../useDesk.ts";
import { Queue } from "./Queue.tsx";

const freshMs = 15_000;

/** Events that could not be dealt with, by the queue they lie in. */
export function TroublePage() {
  useTitle("Trouble");
  const { staff } = useDesk();
  const ask = useCallback((signal: AbortSignal) => staff.listDeadLetters({}, { signal }), [staff]);
  const asked = useAsked(ask, freshMs);
  return (
    <>
      <h1 tabIndex={-1}>Trouble</h1>
      <p class="lead">
        Events that nobody could deal with. Sent again they are tried once more; discarded they are gone.
      </p>
      <Shown of={asked} label="The queues are loading">
        {({ queues }) => {
          const full = queues.filter(({ count }) => count > 0);
          if (full.length === 0) return <Nothing text="No dead letters in any queue." />;
          return (
            <div class="parts">
              {full.map((queue) => (
                <Queue key={queue.name} queue={queue} onDone={asked.again} />
              ))}
            </div>
          );
        }}
      </Shown>
    </>
  );
}
