import { useCallback } from "preact/hooks";
import type { GetBooksResponse } from "#common/genproto/staff/v1/staff_pb";
import { Shown } from "../Shown.tsx";
import { useAsked } from "../useAsked.ts";
import { useDesk } from "../useDesk.ts";
import { When } from "../When.tsx";

const freshMs = 60_000;

/** Whether the services agree about food and money, as far as the last hour goes. */
export function BooksWord() {
  const { staff } = useDesk();
  const ask = useCallback((signal: AbortSignal) => staff.getBooks({}, { signal }), [staff]);
  return (
    <section aria-labelledby="books-heading">
      <h2 id="books-heading">The books of the last hour</h2>
      <Shown of={useAsked(ask, freshMs)} label="The books are being read">
        {(books) => <Word books={books} />}
      </Shown>
    </section>
  );
}

const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;

function Word({ books: { faults, dishes, orders, cut, at } }: { books: GetBooksResponse }) {
  return (
    <>
      <p class={`flag flag-${faults.length > 0 ? "bad" : "good"}`}>
        {faults.length > 0 ? `${count(faults.length, "thing does", "things do")} not fit` : "They agree"}
      </p>
      <p class="soft">
        The units of {count(dishes, "dish", "dishes")}, and {cut && "the newest "}
        {count(orders, "order", "orders")} that had rested for a minute, each beside its reservation and its payment,
        read <When at={at} />.
      </p>
      <ul class="rows">
        {faults.map((fault) => (
          <li key={fault} class="row">
            {fault}
          </li>
        ))}
      </ul>
    </>
  );
}
