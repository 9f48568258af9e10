import { hoursInWords } from "../format/hours.ts";
import { words } from "../language/language.ts";
import { useShop, useStore } from "./useShop.ts";

/** Who and where the shop is; on paper it is the head of the receipt. */
export function Footer() {
  const { name, address, phone, hours } = useStore(useShop().card);
  return (
    <footer class="footer">
      {(address || phone || hours.length > 0) && (
        <section class="shop-card" aria-label={words.shop.heading}>
          <strong>{name}</strong>
          {address && <span>{address}</span>}
          {phone && (
            <span>
              {words.shop.phone} <a href={`tel:${phone.replaceAll(/[^+\d]/g, "")}`}>{phone}</a>
            </span>
          )}
          {hours.length > 0 && (
            <span class="shop-hours">
              {words.shop.hours} {hoursInWords(hours).join(" · ")}
            </span>
          )}
        </section>
      )}
      {name && <p class="made">{words.footer(name)}</p>}
    </footer>
  );
}
