import { words } from "../language/language.ts";
import { Account } from "./Account.tsx";
import { Bowl } from "./Bowl.tsx";
import { LanguageSwitch } from "./LanguageSwitch.tsx";
import { Link } from "./Link.tsx";
import { useShop, useStore } from "./useShop.ts";

/** What a phone has room for in one line beside the links. */
const longName = 12;

export function Header() {
  const { name } = useStore(useShop().card);
  return (
    <header class="header">
      <div class="header-inner">
        <Link
          href="/"
          class={name.length > longName ? "wordmark wordmark-long" : "wordmark"}
          aria-label={words.toMenu(name)}
        >
          <Bowl />
          <span>{name}</span>
        </Link>
        <nav aria-label={words.mainNavigation}>
          <Link href="/">{words.menu}</Link>
          <Link href="/orders">{words.yourOrders}</Link>
          <Account />
          <LanguageSwitch />
        </nav>
      </div>
    </header>
  );
}
