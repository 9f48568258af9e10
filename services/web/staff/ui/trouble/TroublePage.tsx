import { useTitle } from "../../../ui/useTitle.ts";
import { BooksWord } from "./BooksWord.tsx";
import { DeadLetters } from "./DeadLetters.tsx";
import { OrdersInTrouble } from "./OrdersInTrouble.tsx";

/** What went wrong, what is stuck, and whether the books agree. */
export function TroublePage() {
  useTitle("Trouble");
  return (
    <>
      <h1 tabIndex={-1}>Trouble</h1>
      <p class="lead">What is stuck, what was found and mended, and whether the books agree.</p>
      <div class="parts">
        <OrdersInTrouble />
        <BooksWord />
        <DeadLetters />
      </div>
    </>
  );
}
