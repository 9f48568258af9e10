import { useEffect } from "preact/hooks";

/** The document's title, with whose page it is behind it, once that is known. */
export function useTitle(title: string, whose = "Gorder") {
  useEffect(() => {
    document.title = whose ? `${title} · ${whose}` : title;
  }, [title, whose]);
}
