import { Code, ConnectError } from "@connectrpc/connect";
import { useState } from "preact/hooks";
import type { Dish } from "#common/genproto/stock/v1/staff_pb";
import { allergensOf, type DishText, rebase, textOf } from "../../menu/changes.ts";
import { dishId } from "../../menu/dishId.ts";
import { changedTranslations, droppedTranslations, translationsOf } from "../../menu/translations.ts";
import { parseAmount, typedAmount } from "../../money/amount.ts";
import { ActDialog } from "../ActDialog.tsx";
import { useDesk } from "../useDesk.ts";
import { Changed } from "./Changed.tsx";
import { DishFields, type DishForm } from "./DishFields.tsx";

type Props = {
  /** Undefined for a new one. */
  dish: Dish | undefined;
  currency: string;
  categories: readonly string[];
  lastPosition: number;
  onClose(): void;
  onDone(): void;
};

const formOf = (text: DishText): DishForm => ({ ...text, price: text.amount > 0n ? typedAmount(text) : "" });

/** Makes a dish or changes one. When somebody else was quicker, their changes are shown and mine are put on top. */
export function DishDialog({ dish, currency, categories, lastPosition, onClose, onDone }: Props) {
  const { staff } = useDesk();
  const empty = {
    name: "",
    description: "",
    category: categories[0] ?? "",
    emoji: "",
    hidden: false,
    contains: "",
    image: "",
    ...translationsOf({ translations: {} }),
  };
  const [base, setBase] = useState<DishText>(
    dish ? textOf(dish) : { ...empty, position: lastPosition + 10, amount: 0n, currency },
  );
  const [form, setForm] = useState<DishForm>(formOf(base));
  const [version, setVersion] = useState(dish?.version ?? 0n);
  const [theirs, setTheirs] = useState<{ was: DishText; is: DishText }>();
  const amount = parseAmount(form.price, form.currency);
  const productId = dish?.productId ?? dishId(form.name);
  const wrong = !productId
    ? "A dish has a name with letters or digits."
    : amount === undefined
      ? "Say what it costs, as 12.50."
      : form.category.trim() === ""
        ? "Say in which category it stands."
        : undefined;
  const { price: _, ...text } = form;
  const mine: DishText = { ...text, name: text.name.trim(), category: text.category.trim(), amount: amount ?? 0n };
  const dropped = droppedTranslations(base, mine);

  async function lookAgain(error: unknown) {
    if (!(error instanceof ConnectError) || error.code !== Code.FailedPrecondition || !dish) return;
    const { dishes } = await staff.listDishes({});
    const now = dishes.find((each) => each.productId === dish.productId);
    if (!now || now.version === version) return;
    const is = textOf(now);
    setTheirs({ was: base, is });
    setForm(formOf(rebase(base, mine, is)));
    setBase(is);
    setVersion(now.version);
  }
  return (
    <ActDialog
      open
      onClose={onClose}
      title={dish ? `Change ${dish.name}` : "A new dish"}
      text={dish ? "A price counts for orders placed from then on." : "It has no units yet: restock it afterwards."}
      confirm={dish ? "Save" : "Make it"}
      reasons={dish ? ["A new price", "A better description", "Off the menu"] : ["New on the menu"]}
      what={`dish ${productId} ${version} ${Object.values(mine).join("|")}`}
      said={`${mine.name} is saved`}
      wrong={wrong}
      call={(requestId, reason) => {
        const { name, description, category, emoji, hidden, position, image } = mine;
        const unitPrice = { amount: mine.amount, currency: mine.currency };
        const said = { ...allergensOf(mine.contains), translations: changedTranslations(base, mine) };
        const put = { productId, name, description, category, emoji, hidden, position, image, unitPrice, ...said };
        return staff.putDish({ requestId, reason, expectedVersion: version, dish: put });
      }}
      onDone={onDone}
      onRefused={(error) => void lookAgain(error)}
    >
      {theirs && <Changed was={theirs.was} is={theirs.is} />}
      <DishFields form={form} categories={categories} onChange={setForm} />
      {dropped.length > 0 && (
        <p class="field-hint">
          Dropped with the text that it translates: {dropped.join(", ")}. Write it anew under “In other languages”.
        </p>
      )}
    </ActDialog>
  );
}
