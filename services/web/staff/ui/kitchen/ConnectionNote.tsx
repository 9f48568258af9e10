import { explain } from "../../api/refusals.ts";
import type { Board } from "../../board/feed.ts";

/** Whether the board is what the kitchen has now; loud when it is not. */
export function ConnectionNote({ link, known, error }: Pick<Board, "link" | "error" | "known">) {
  if (link === "live") return null;
  if (link === "opening") {
    return (
      <p class="connection" role="status">
        <span class="spinner" aria-hidden="true" /> The board is loading
      </p>
    );
  }
  const words =
    link === "refused"
      ? explain(error).text
      : `${known ? "What you see is old." : "The board could not be read."} We keep trying, and catch up by ourselves.`;
  return (
    <p class="connection connection-lost" role="alert">
      <strong>{link === "refused" ? "The board is closed to you" : "Connection lost"}</strong> {words}
    </p>
  );
}
