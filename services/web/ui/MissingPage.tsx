import { Empty } from "./Empty.tsx";
import { useTitle } from "./useTitle.ts";

export function MissingPage() {
  useTitle("Not found");
  return (
    <div class="narrow">
      <h1 tabIndex={-1}>There is nothing here</h1>
      <Empty text="This address leads to an empty plate. The menu has more to offer." />
    </div>
  );
}
