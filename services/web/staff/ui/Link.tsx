import type { ComponentChildren, JSX } from "preact";
import { isPlainClick } from "../../routing/route.ts";
import { useDesk } from "./useDesk.ts";

type Props = JSX.IntrinsicElements["a"] & { href: string; children: ComponentChildren };

/** A link inside the page: moves without loading, and stays a real link for every other kind of click. */
export function Link({ href, children, ...rest }: Props) {
  const { navigator } = useDesk();
  return (
    <a
      {...rest}
      href={href}
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
