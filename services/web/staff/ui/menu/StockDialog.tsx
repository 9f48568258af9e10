import { useState } from "preact/hooks";
import type { Dish } from "#common/genproto/stock/v1/staff_pb";
import { ActDialog } from "../ActDialog.tsx";
import { Field } from "../Field.tsx";
import { Segments } from "../Segments.tsx";
import { useDesk } from "../useDesk.ts";

/** Adds units of a dish, or says how many there are. */
export function StockDialog({ dish, onClose, onDone }: { dish: Dish; onClose(): void; onDone(): void }) {
  const { staff } = useDesk();
  const [kind, setKind] = useState<"restock" | "count">("restock");
  const [typed, setTyped] = useState("");
  const { productId, name, available, reserved } = dish;
  const isWhole = (kind === "restock" ? /^[+-]?\d{1,6}$/ : /^\d{1,7}$/).test(typed.trim());
  const units = isWhole ? Number(typed.trim()) : undefined;
  const wrong =
    units === undefined || (kind === "restock" && units === 0)
      ? kind === "restock"
        ? "Say how many came, as 12, or −3 for fewer."
        : "Say how many there are, as 40."
      : undefined;
  const then = units === undefined ? undefined : kind === "restock" ? available + units : units - reserved;
  return (
    <ActDialog
      open
      onClose={onClose}
      title={`Stock of ${name}`}
      text={`${available} available, ${reserved} reserved by orders.`}
      confirm={kind === "restock" ? "Restock" : "Set the count"}
      reasons={kind === "restock" ? ["Delivery", "Made in the kitchen", "Spoilt"] : ["Counted"]}
      what={`stock ${productId} ${kind} ${units}`}
      said={`${name}: ${kind === "restock" ? "restocked" : "counted"}`}
      wrong={wrong}
      call={(requestId, reason) =>
        staff.moveStock({ requestId, reason, productId, quantity: { case: kind, value: units ?? 0 } })
      }
      onDone={onDone}
      onRefused={onDone}
    >
      <Segments<"restock" | "count">
        class="segments-wide"
        label="What is said"
        value={kind}
        options={[
          ["restock", "So many more"],
          ["count", "So many in all"],
        ]}
        onChange={setKind}
      />
      <Field
        label={kind === "restock" ? "Units to add" : "Units there are, reserved ones counted"}
        inputMode="numeric"
        value={typed}
        onChange={(value) => setTyped(value.replace("−", "-"))}
        {...(then !== undefined && { hint: `Then ${then} are available.` })}
      />
    </ActDialog>
  );
}
