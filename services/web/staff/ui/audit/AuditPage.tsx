import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { SearchActsResponse } from "#common/genproto/staff/v1/staff_pb";
import { Notice } from "../../../ui/Notice.tsx";
import { useStore } from "../../../ui/useShop.ts";
import { useTitle } from "../../../ui/useTitle.ts";
import { Failure } from "../Failure.tsx";
import { Shown } from "../Shown.tsx";
import { useAsked } from "../useAsked.ts";
import { useDesk } from "../useDesk.ts";
import { ActFilterForm, type ActSearch, readActSearch } from "./ActFilterForm.tsx";
import { ActList } from "./ActList.tsx";

/** All acts of the staff, done or refused. */
export function AuditPage() {
  useTitle("Audit");
  const { staff, navigator } = useDesk();
  const { search } = useStore(navigator.place);
  const filter = useMemo(() => filterOf(readActSearch(search)), [search]);
  const ask = useCallback((signal: AbortSignal) => staff.searchActs({ filter }, { signal }), [staff, filter]);
  const asked = useAsked(ask);
  const [older, setOlder] = useState<SearchActsResponse[]>([]);
  const [error, setError] = useState<unknown>();
  useEffect(() => setOlder([]), [asked.answer]);
  const more = async (pageToken: string) => {
    setError(undefined);
    try {
      const page = await staff.searchActs({ filter: { ...filter, pageToken } });
      setOlder((known) => [...known, page]);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <>
      <h1 tabIndex={-1}>Audit</h1>
      <p class="lead">Who did what, when and why. Nothing here can be changed.</p>
      <ActFilterForm key={search} search={readActSearch(search)} onSearch={navigator.look} />
      <Shown of={asked} label="The acts are loading">
        {(first) => {
          const pages = [first, ...older];
          const next = pages.at(-1)?.nextPageToken;
          const unavailable = [...new Set(pages.flatMap((page) => page.unavailable))];
          return (
            <>
              {unavailable.length > 0 && (
                <Notice kind="warn" title="Not all of it is here">
                  <p>{unavailable.join(", ")} could not be asked.</p>
                </Notice>
              )}
              <ActList records={pages.flatMap(({ records }) => records)} nothing="Nobody did anything like that." />
              <Failure error={error} />
              {next && (
                <button type="button" class="button button-quiet more" onClick={() => void more(next)}>
                  Older acts
                </button>
              )}
            </>
          );
        }}
      </Shown>
    </>
  );
}

function filterOf({ subject, action, target, from, until }: ActSearch) {
  const moment = (typed: string) => {
    const at = new Date(typed);
    return typed === "" || Number.isNaN(at.getTime()) ? undefined : timestampFromDate(at);
  };
  const [since, before] = [moment(from), moment(until)];
  return {
    subject: subject.trim(),
    action,
    target: target.trim(),
    pageSize: 50,
    ...(since && { from: since }),
    ...(before && { until: before }),
  };
}
