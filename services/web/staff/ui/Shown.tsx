import type { ComponentChildren } from "preact";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Failure } from "./Failure.tsx";
import type { Asked } from "./useAsked.ts";

type Props<T> = { of: Asked<T>; label: string; shape?: "card" | "row"; children: (answer: T) => ComponentChildren };

/** An answer of the service as it arrives: grey shapes before it, words when it fails, and the old one meanwhile. */
export function Shown<T>({ of: { answer, error, again }, label, shape = "row", children }: Props<T>) {
  return (
    <>
      <Failure error={error} onRetry={again} />
      {answer !== undefined && children(answer)}
      {answer === undefined && !error && <Skeleton label={label} count={4} shape={shape} />}
    </>
  );
}
