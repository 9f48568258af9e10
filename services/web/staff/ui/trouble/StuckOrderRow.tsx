import { useState } from "preact/hooks";
import type { StuckOrder } from "#common/genproto/order/v1/staff_pb";
import { orderPath } from "../../routing/route.ts";
import { entryWords } from "../../trouble/words.ts";
import { ActDialog } from "../ActDialog.tsx";
import { withHash } from "../kitchen/TicketCard.tsx";
import { Link } from "../Link.tsx";
import { useDesk, useMe } from "../useDesk.ts";
import { When } from "../When.tsx";

/** An order of which something came to nothing, and the way to have it tried again. */
export function StuckOrderRow({ order, onDone }: { order: StuckOrder; onDone(): void }) {
  const { staff } = useDesk();
  const { may } = useMe();
  const [open, setOpen] = useState(false);
  const { orderId, entries } = order;
  const number = withHash(order.number);
  return (
    <li class="row">
      <strong>{number}</strong>
      <ul class="lines stuck">
        {entries.map(({ id, type, since, why }) => (
          <li key={id}>
            <span class="flag flag-bad">stuck: {entryWords(type)}</span>
            <span class="soft">
              {why && `${why}, `}
              <When at={since} />
            </span>
          </li>
        ))}
      </ul>
      <Link href={orderPath(orderId)}>To the order</Link>
      {may("AnnounceOrder") && (
        <span class="row-acts">
          <button type="button" class="button" onClick={() => setOpen(true)}>
            Announce again
          </button>
        </span>
      )}
      <ActDialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Announce ${number} again?`}
        text="What came to nothing is tried once more. That does no harm, and helps when the cause is mended."
        confirm="Announce"
        what={`announce ${orderId}`}
        said={`${number} was announced again`}
        call={(requestId) => staff.announceOrder({ requestId, orderId })}
        onDone={onDone}
      />
    </li>
  );
}
