import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Dialog } from "../../ui/Dialog.tsx";
import { Failure } from "./Failure.tsx";
import { Reason } from "./Reason.tsx";
import { useAct } from "./useAct.ts";

type Props<T> = {
  open: boolean;
  onClose(): void;
  title: string;
  text?: string;
  /** On the button that does it. */
  confirm: string;
  danger?: boolean;
  /** Reasons that are given often; undefined when none is asked for. */
  reasons?: readonly string[];
  /** The act with all its values but the reason: another value is another act, with an id of its own. */
  what: string;
  said: string;
  /** What is still wrong with what was typed; the act waits for it. */
  wrong?: string | undefined;
  call(requestId: string, reason: string): Promise<T>;
  onDone?(answer: T): void;
  onRefused?(error: unknown): void;
  children?: ComponentChildren;
};

/** How many questions were asked so far: the same answer to another question is another act. */
let questions = 0;

/** Asks before an act that is not undone by a touch, and says why it was refused. */
export function ActDialog<T>(props: Props<T>) {
  const { open, onClose, title, text, confirm, danger, reasons, what, said, wrong, call, onDone, onRefused } = props;
  const heading = useId();
  const { act, busy, error, forget } = useAct();
  const [reason, setReason] = useState("");
  const [pressed, setPressed] = useState(false);
  const question = useRef(0);
  useEffect(() => {
    if (open) {
      questions += 1;
      question.current = questions;
      return;
    }
    setReason("");
    setPressed(false);
    forget();
  }, [open, forget]);
  useEffect(() => {
    if (error) onRefused?.(error);
  }, [error]);
  const lacking =
    wrong ?? (reasons && reason.trim() === "" ? "Say why: whoever looks at it later will ask." : undefined);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    setPressed(true);
    if (lacking) return;
    const answer = await act(`${question.current} ${what} ${reason.trim()}`, said, (id) => call(id, reason.trim()));
    if (answer === undefined) return;
    onClose();
    onDone?.(answer);
  }

  return (
    <Dialog open={open} onClose={onClose} labelledBy={heading} class="act-dialog">
      <form onSubmit={submit} noValidate>
        <h2 id={heading}>{title}</h2>
        {text && <p class="act-text">{text}</p>}
        {props.children}
        {reasons && <Reason value={reason} quick={reasons} onChange={setReason} />}
        {pressed && lacking && (
          <p class="field-wrong" role="alert">
            {lacking}
          </p>
        )}
        <Failure error={error} ofAct />
        <div class="dialog-actions">
          <button type="button" class="button button-quiet" onClick={onClose}>
            Back
          </button>
          <button type="submit" class={`button ${danger ? "button-danger" : ""}`} aria-disabled={busy}>
            {busy ? "One moment…" : confirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
