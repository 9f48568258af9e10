import { Notice } from "../../../ui/Notice.tsx";
import { type DishText, differences } from "../../menu/changes.ts";

/** What somebody else made of a dish while it was being changed here. */
export function Changed({ was, is }: { was: DishText; is: DishText }) {
  const found = differences(was, is);
  return (
    <Notice kind="warn" title="Somebody changed it meanwhile">
      <ul class="act-changes">
        {found.map(({ field, was: before, is: after }) => (
          <li key={field}>
            <span>{field}</span> <del>{before}</del> <span aria-hidden="true">→</span> <ins>{after}</ins>
          </li>
        ))}
      </ul>
      <p>Your own changes are below, on top of that. Save them, or go back.</p>
    </Notice>
  );
}
