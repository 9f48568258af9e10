import { Bowl } from "../../ui/Bowl.tsx";

/** The bowl and the name, as guests know them. */
export function Wordmark() {
  return (
    <>
      <Bowl />
      <span>Gorder</span>
    </>
  );
}
