import { useCallback } from "preact/hooks";
import { Shown } from "../Shown.tsx";
import { useAsked } from "../useAsked.ts";
import { useDesk } from "../useDesk.ts";
import { Queue } from "./Queue.tsx";

const freshMs = 15_000;

/** Events that could not be dealt with, by the queue they lie in. */
export function DeadLetters() {
  const { staff } = useDesk();
  const ask = useCallback((signal: AbortSignal) => staff.listDeadLetters({}, { signal }), [staff]);
  const asked = useAsked(ask, freshMs);
  return (
    <section aria-labelledby="letters-heading">
      <h2 id="letters-heading">Dead letters</h2>
      <p class="soft">
        Events that nobody could deal with. Sent again they are tried once more; discarded they are gone.
      </p>
      <Shown of={asked} label="The queues are loading">
        {({ queues }) => {
          const full = queues.filter(({ count }) => count > 0);
          if (full.length === 0) return <p class="soft">None in any queue.</p>;
          return full.map((queue) => <Queue key={queue.name} queue={queue} onDone={asked.again} />);
        }}
      </Shown>
    </section>
  );
}
