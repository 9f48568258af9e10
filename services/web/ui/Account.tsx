import { words } from "../language/language.ts";
import { useShop, useStore } from "./useShop.ts";

/** Where one signs in or out, if the shop has accounts: plain links, as the way leads over the provider's own pages. */
export function Account() {
  const { visitor, navigator } = useShop();
  const { account, signIn } = useStore(visitor);
  useStore(navigator.place);
  if (signIn === undefined) return null;
  if (account === undefined) {
    const here = `${location.pathname}${location.search}`;
    return <a href={`${signIn}?return_to=${encodeURIComponent(here)}`}>{words.signIn}</a>;
  }
  return (
    <>
      <span class="account">
        <span class="visually-hidden">{words.signedInAs}</span> {account.name}
      </span>
      <a href="/auth/sign-out">{words.signOut}</a>
    </>
  );
}
