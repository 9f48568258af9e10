import { useState } from "preact/hooks";
import type { Shop } from "#common/genproto/stock/v1/staff_pb";
import { ActDialog } from "../ActDialog.tsx";
import { Field } from "../Field.tsx";
import { useDesk, useMe } from "../useDesk.ts";

/** Whether guests can order, and the way to change that. */
export function ShopBar({ shop, onDone }: { shop: Shop | undefined; onDone(): void }) {
  const { staff } = useDesk();
  const { may } = useMe();
  const [asking, setAsking] = useState(false);
  const [sentence, setSentence] = useState("");
  const closed = shop?.closed ?? false;
  return (
    <div class={`shop-bar ${closed ? "shop-closed" : ""}`}>
      <p>
        <strong>{closed ? "The shop is closed" : "The shop is open"}</strong>
        <span>{closed ? `Guests read: “${shop?.sentence || "We are closed."}”` : "Guests can order."}</span>
      </p>
      {may("SetShop") && (
        <button type="button" class={`button ${closed ? "" : "button-quiet"}`} onClick={() => setAsking(true)}>
          {closed ? "Open it" : "Close it"}
        </button>
      )}
      <ActDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={closed ? "Open the shop?" : "Close the shop?"}
        text={closed ? "Guests can order again." : "Guests cannot order any more. What is ordered is still cooked."}
        confirm={closed ? "Open" : "Close"}
        danger={!closed}
        reasons={closed ? ["A new evening", "The kitchen is ready again"] : ["The evening is over", "Too many orders"]}
        what={`shop ${!closed} ${sentence}`}
        said={closed ? "The shop is open" : "The shop is closed"}
        call={(requestId, reason) =>
          staff.setShop({ requestId, reason, shop: { closed: !closed, sentence: closed ? "" : sentence.trim() } })
        }
        onDone={onDone}
        onRefused={onDone}
      >
        {!closed && (
          <Field
            label="What guests read"
            value={sentence}
            onChange={setSentence}
            maxLength={300}
            hint="For example: We are closed tonight and open again on Friday at six."
          />
        )}
      </ActDialog>
    </div>
  );
}
