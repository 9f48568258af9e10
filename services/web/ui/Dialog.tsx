import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { words } from "../language/language.ts";

type Props = { open: boolean; onClose(): void; labelledBy: string; class?: string; children: ComponentChildren };

/** The browser's own modal dialog: it keeps the focus inside, closes with Escape and gives the focus back. */
export function Dialog({ open, onClose, labelledBy, class: kind = "", children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (!open || !shown) return;
    shown.showModal();
    // Also when it is taken away while it is open: only one that is closed gives the focus back.
    return () => shown.close();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does it for the keyboard
    <dialog
      ref={dialog}
      class={`dialog ${kind}`}
      aria-labelledby={labelledBy}
      // Escape asks and what is shown decides. The browser tells of a closed dialog later, when it may be open again, or gone.
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClose={() => {
        if (dialog.current?.open === false) onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      {open && (
        <div class="dialog-body">
          <button type="button" class="dialog-close" aria-label={words.close} onClick={onClose}>
            ×
          </button>
          {children}
        </div>
      )}
    </dialog>
  );
}
