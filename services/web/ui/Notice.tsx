import type { ComponentChildren } from "preact";
import { words } from "../language/language.ts";
import { explain } from "../words.ts";

type NoticeProps = { kind: "bad" | "warn" | "info"; title: string; children?: ComponentChildren };

/** Something to be told now. Screen readers hear it when it appears. */
export function Notice({ kind, title, children }: NoticeProps) {
  return (
    <div class={`notice notice-${kind}`} role={kind === "info" ? "status" : "alert"}>
      <p class="notice-title">{title}</p>
      {children}
    </div>
  );
}

type FailureProps = { error: unknown; onRetry?: (() => void) | undefined };

export function Failure({ error, onRetry }: FailureProps) {
  const { title, text } = explain(error);
  return (
    <Notice kind="bad" title={title}>
      <p>{text}</p>
      {onRetry && (
        <button type="button" class="button button-quiet" onClick={onRetry}>
          {words.tryAgain}
        </button>
      )}
    </Notice>
  );
}
