import type { ComponentChildren, JSX } from "preact";
import { isPlainClick } from "../routing/route.ts";
import { useShop, useStore } from "./useShop.ts";

type Props = JSX.IntrinsicElements["a"] & { href: string; children: ComponentChildren };

/** A link inside the page: moves without loading, and stays a real link for every other kind of click. */
export function Link({ href, children, ...rest }: Props) {
  const { navigator } = useShop();
  useStore(navigator.place);
  const here = window.location.pathname === href;
  return (
    <a
      {...rest}
      href={href}
      aria-current={here ? "page" : undefined}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        navigator.go(href);
      }}
    >
      {children}
    </a>
  );
}
