import { timestampDate, timestampFromDate } from "@bufbuild/protobuf/wkt";
import { useCallback } from "preact/hooks";
import type { GetTakingsResponse } from "#common/genproto/order/v1/staff_pb";
import { pageLocale } from "../../../format/locale.ts";
import { useStore } from "../../../ui/useShop.ts";
import { useTitle } from "../../../ui/useTitle.ts";
import { amountText, total } from "../../money/amount.ts";
import { csvPath, dayBounds, dayOf } from "../../money/day.ts";
import { Field } from "../Field.tsx";
import { Nothing } from "../Nothing.tsx";
import { Shown } from "../Shown.tsx";
import { useAsked } from "../useAsked.ts";
import { useDesk } from "../useDesk.ts";
import { MeansTable } from "./MeansTable.tsx";
import { TakingsTable } from "./TakingsTable.tsx";

const freshMs = 30_000;

/** What a day brought in. */
export function TakingsPage() {
  useTitle("Takings");
  const { staff, navigator, now } = useDesk();
  const { search } = useStore(navigator.place);
  const asked = new URLSearchParams(search).get("day") ?? "";
  const day = dayBounds(asked) ? asked : dayOf(new Date(now()));
  const ask = useCallback(
    (signal: AbortSignal) => {
      const { from, until } = dayBounds(day) ?? { from: new Date(), until: new Date() };
      return staff.getTakings({ from: timestampFromDate(from), until: timestampFromDate(until) }, { signal });
    },
    [staff, day],
  );
  const takings = useAsked(ask, freshMs);
  return (
    <>
      <h1 tabIndex={-1}>Takings</h1>
      <div class="filter filter-day">
        <Field
          label="Day"
          type="date"
          value={day}
          onChange={(picked) => picked && navigator.look(`day=${encodeURIComponent(picked)}`)}
        />
        <a class="button button-quiet" href={csvPath(day) ?? ""} download>
          As a table (CSV)
        </a>
      </div>
      <Shown of={takings} label="The takings are loading">
        {({ takings: found }) =>
          found && found.hours.length + found.dishes.length > 0 ? (
            <Takings takings={found} />
          ) : (
            <Nothing text="Nothing was taken on that day." />
          )
        }
      </Shown>
    </>
  );
}

function Hour({ hour }: Pick<GetTakingsResponse["hours"][number], "hour">) {
  if (!hour) return <>–</>;
  const at = timestampDate(hour);
  const text = new Intl.DateTimeFormat(pageLocale(), { hour: "2-digit", minute: "2-digit" }).format(at);
  return <time dateTime={at.toISOString()}>{text}</time>;
}

const sums = (amounts: Parameters<typeof total>[0]) => total(amounts).map(amountText).join(" + ") || "–";

function Takings({ takings: { hours, dishes, means } }: { takings: GetTakingsResponse }) {
  const most = Math.max(1, ...hours.map(({ taken }) => Number(taken?.amount ?? 0n)));
  return (
    <>
      <dl class="sums">
        <div>
          <dt>Taken</dt>
          <dd>{sums(hours.map(({ taken }) => taken))}</dd>
        </div>
        <div>
          <dt>Given back</dt>
          <dd>{sums(hours.map(({ refunded }) => refunded))}</dd>
        </div>
        <div>
          <dt>Orders</dt>
          <dd>{hours.reduce((sum, { orders }) => sum + orders, 0)}</dd>
        </div>
      </dl>
      <div class="parts parts-two">
        <TakingsTable caption="By hour" heads={["Hour", "Orders", "Taken", "Given back"]}>
          {hours.map(({ hour, orders, taken, refunded }) => (
            <tr key={`${hour?.seconds} ${taken?.currency}`}>
              <th scope="row">
                <Hour hour={hour} />
              </th>
              <td>{orders}</td>
              <td>
                <span class="bar" style={{ width: `${(Number(taken?.amount ?? 0n) / most) * 100}%` }} />
                {amountText(taken)}
              </td>
              <td>{refunded?.amount ? amountText(refunded) : "–"}</td>
            </tr>
          ))}
        </TakingsTable>
        <TakingsTable caption="By dish" heads={["Dish", "Units", "Taken"]}>
          {dishes.map(({ productId, name, units, taken }) => (
            <tr key={productId}>
              <th scope="row">{name}</th>
              <td>{units}</td>
              <td>{amountText(taken)}</td>
            </tr>
          ))}
        </TakingsTable>
        {means.length > 0 && <MeansTable means={means} />}
      </div>
    </>
  );
}
