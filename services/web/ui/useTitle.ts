import { useEffect } from "preact/hooks";

/** The document's title, with whose page it is behind it. */
export function useTitle(title: string, whose = "Gorder") {
  useEffect(() => {
    document.title = `${title} · ${whose}`;
  }, [title, whose]);
}
