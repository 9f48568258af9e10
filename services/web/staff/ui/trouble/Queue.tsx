import { useId, useState } from "preact/hooks";
import type { DeadLetterQueue } from "#common/genproto/staff/v1/staff_pb";
import { ActDialog } from "../ActDialog.tsx";
import { useDesk, useMe } from "../useDesk.ts";
import { Letter } from "./Letter.tsx";

const many = (count: number) => (count === 1 ? "1 letter" : `${count} letters`);

/** The dead letters of one queue; what is done is done with those that are picked, or with all. */
export function Queue({ queue: { name, count, letters }, onDone }: { queue: DeadLetterQueue; onDone(): void }) {
  const { staff } = useDesk();
  const { may } = useMe();
  const heading = useId();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<"resend" | "discard">();
  const eventIds = letters.map(({ eventId }) => eventId).filter((id) => picked.has(id));
  const all = count === 1 ? "the letter" : `all ${many(count)}`;
  const which = eventIds.length > 0 ? many(eventIds.length) : all;
  const pick = (eventId: string, isPicked: boolean) =>
    setPicked(new Set(isPicked ? [...picked, eventId] : [...picked].filter((id) => id !== eventId)));
  const shared = {
    onClose: () => setOpen(undefined),
    onDone: () => {
      setPicked(new Set());
      onDone();
    },
  };
  return (
    <section class="queue" aria-labelledby={heading}>
      <h3 id={heading}>
        <code>{name}</code> <span class="count">{count}</span>
      </h3>
      <ul class="rows">
        {letters.map((letter) => (
          <Letter key={letter.eventId} letter={letter} picked={picked.has(letter.eventId)} onPick={pick} />
        ))}
      </ul>
      {count > letters.length && (
        <p class="soft">
          The oldest {letters.length} of {count} are shown.
        </p>
      )}
      <div class="queue-acts">
        {may("ResendDeadLetters") && (
          <button type="button" class="button" onClick={() => setOpen("resend")}>
            Send {which} again
          </button>
        )}
        {may("DiscardDeadLetters") && (
          <button type="button" class="button button-quiet" onClick={() => setOpen("discard")}>
            Discard {which}
          </button>
        )}
      </div>
      <ActDialog
        {...shared}
        open={open === "resend"}
        title={`Send ${which} again?`}
        text={`They go back to where they came from and are tried once more. Queue: ${name}`}
        confirm="Send again"
        reasons={["The cause is mended"]}
        what={`resend ${name} ${eventIds.join()}`}
        said={`${which} sent again`}
        call={(requestId, reason) => staff.resendDeadLetters({ requestId, reason, queue: name, eventIds })}
      />
      <ActDialog
        {...shared}
        open={open === "discard"}
        title={`Discard ${which}?`}
        text={`They are gone for good, and nobody deals with them. Queue: ${name}`}
        confirm={`Discard ${which}`}
        danger
        reasons={["Dealt with by hand", "Of no use any more"]}
        what={`discard ${name} ${eventIds.join()}`}
        said={`${which} discarded`}
        call={(requestId, reason) => staff.discardDeadLetters({ requestId, reason, queue: name, eventIds })}
      />
    </section>
  );
}
