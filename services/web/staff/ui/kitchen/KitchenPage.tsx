import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useStore } from "../../../ui/useShop.ts";
import { useTitle } from "../../../ui/useTitle.ts";
import { useVisible } from "../../../ui/useVisible.ts";
import { type Column, columns, inColumns } from "../../board/tickets.ts";
import { Segments } from "../Segments.tsx";
import { useDesk } from "../useDesk.ts";
import { useNow } from "../useNow.ts";
import { BoardColumn, columnNames } from "./BoardColumn.tsx";
import { ConnectionNote } from "./ConnectionNote.tsx";
import { SoundSwitch } from "./SoundSwitch.tsx";
import { useBoardKeys } from "./useBoardKeys.ts";
import { useNewcomers } from "./useNewcomers.ts";

/** The board: what waits, what is on the stove, and what just left it. */
export function KitchenPage() {
  const { board } = useDesk();
  const { link, known, tickets, error } = useStore(board.store);
  const now = useNow();
  const [shown, setShown] = useState<Column>("waiting");
  const place = useRef<HTMLDivElement | null>(null);
  useEffect(board.follow, [board]);
  useVisible(board.wake);
  useNewcomers(tickets, link === "live");
  const sorted = useMemo(() => inColumns(tickets), [tickets]);
  useBoardKeys(place, tickets);
  useTitle(sorted.waiting.length > 0 ? `(${sorted.waiting.length}) Kitchen` : "Kitchen");

  return (
    <div class="kitchen" data-shown={shown} ref={place}>
      <div class="kitchen-bar">
        <h1 tabIndex={-1}>Kitchen</h1>
        <Segments<Column>
          label="What is shown"
          value={shown}
          options={columns.map((column) => [
            column,
            <span key={column}>
              {columnNames[column]} {known && <span class="count">{sorted[column].length}</span>}
            </span>,
          ])}
          onChange={setShown}
        />
        <SoundSwitch />
      </div>
      <ConnectionNote link={link} known={known} error={error} />
      <div class="board" aria-busy={link === "opening"}>
        {columns.map((column) => (
          <BoardColumn key={column} column={column} tickets={sorted[column]} now={now} known={known} />
        ))}
      </div>
    </div>
  );
}
