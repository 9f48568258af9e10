import { useState } from "preact/hooks";
import { actionWords, knownActions } from "../../audit/words.ts";
import { Choice } from "../Choice.tsx";
import { Field } from "../Field.tsx";

const fields = ["subject", "action", "target", "from", "until"] as const;
/** What is looked for among the acts; "" means any. */
export type ActSearch = Record<(typeof fields)[number], string>;

export function readActSearch(search: string): ActSearch {
  const query = new URLSearchParams(search);
  return Object.fromEntries(fields.map((field) => [field, query.get(field) ?? ""])) as ActSearch;
}

export function ActFilterForm({ search, onSearch }: { search: ActSearch; onSearch(query: string): void }) {
  const [typed, setTyped] = useState(search);
  const set = (field: keyof ActSearch) => (value: string) => setTyped((known) => ({ ...known, [field]: value }));
  const actions: [string, string][] = knownActions.map((action) => [action, actionWords(action)]);
  const isMore = [search.target, search.from, search.until].some(Boolean);
  return (
    <search>
      <form
        class="filter"
        onSubmit={(event) => {
          event.preventDefault();
          const set = fields.filter((field) => typed[field] !== "").map((field) => [field, typed[field]]);
          onSearch(new URLSearchParams(set).toString());
        }}
      >
        <div class="filter-first">
          <Field label="Who" value={typed.subject} onChange={set("subject")} />
          <Choice label="What" value={typed.action} options={[["", "Anything"], ...actions]} onChange={set("action")} />
          <button type="submit" class="button">
            Search
          </button>
        </div>
        <p class="field-hint">“Who” is their id at the sign-in; each name below leads to it.</p>
        <details open={isMore}>
          <summary>On what, and when</summary>
          <div class="filter-more">
            <Field label="On what" value={typed.target} onChange={set("target")} />
            <Field label="From" type="datetime-local" value={typed.from} onChange={set("from")} />
            <Field label="Until" type="datetime-local" value={typed.until} onChange={set("until")} />
          </div>
        </details>
      </form>
    </search>
  );
}
