import type { Order } from "../api/types.ts";
import { formatTime } from "../format/time.ts";
import { words } from "../language/language.ts";
import { timelineOf } from "../order/timeline.ts";

export function Timeline({ order }: { order: Order }) {
  return (
    <section class="order-history" aria-labelledby="timeline-heading">
      <h2 id="timeline-heading">{words.timeline.heading}</h2>
      <ol class="timeline">
        {timelineOf(order).map(({ status, label, state, at }) => (
          <li key={status} class={`step step-${state}`} aria-current={state === "current" ? "step" : undefined}>
            <span class="step-label">
              {label} <span class="visually-hidden">({words.timeline.states[state]})</span>
            </span>
            {at && (
              <time class="step-time" dateTime={at}>
                {formatTime(at, new Date())}
              </time>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
