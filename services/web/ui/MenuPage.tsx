import { words } from "../language/language.ts";
import { byCategory } from "../menu/menu.ts";
import { CartAside } from "./CartAside.tsx";
import { CartSheet } from "./CartSheet.tsx";
import { Empty } from "./Empty.tsx";
import { Failure, Notice } from "./Notice.tsx";
import { ProductCard } from "./ProductCard.tsx";
import { RunningOrders } from "./RunningOrders.tsx";
import { Skeleton } from "./Skeleton.tsx";
import { useMedia } from "./useMedia.ts";
import { useShop, useStore } from "./useShop.ts";
import { useShopTitle } from "./useShopTitle.ts";

export function MenuPage() {
  useShopTitle(words.menu);
  const beside = useMedia("(min-width: 60rem)");
  return (
    <div class="menu-page">
      <div class="menu">
        <div class="hero">
          <h1 tabIndex={-1}>{words.dishes.heading}</h1>
          <p>{words.dishes.text}</p>
        </div>
        <RunningOrders />
        <Closed />
        <LeftOut />
        <MenuList />
      </div>
      {beside ? <CartAside /> : <CartSheet />}
    </div>
  );
}

function Closed() {
  const now = useStore(useShop().menu.store);
  if (now.state !== "ready" || now.closed === undefined) return null;
  return (
    <Notice kind="info" title={words.cart.closedTitle}>
      {now.closed && <p>{now.closed}</p>}
    </Notice>
  );
}

function LeftOut() {
  const lines = useStore(useShop().leftOut);
  if (lines.length === 0) return null;
  return (
    <Notice kind="warn" title={words.again.title}>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Notice>
  );
}

function MenuList() {
  const { menu } = useShop();
  const now = useStore(menu.store);
  if (now.state === "loading") return <Skeleton label={words.dishes.loading} count={6} shape="card" />;
  if (now.state === "failed") return <Failure error={now.error} onRetry={menu.load} />;
  if (now.products.length === 0) return <Empty text={words.dishes.none} isMenu />;
  return byCategory(now.products).map(({ category, products }, index) => (
    <section key={category} aria-labelledby={`category-${index}`}>
      <h2 id={`category-${index}`} dir="auto">
        {category}
      </h2>
      <ul class="cards">
        {products.map((product) => (
          <ProductCard key={product.id} product={product} />
        ))}
      </ul>
    </section>
  ));
}
