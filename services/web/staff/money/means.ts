const words: Readonly<Record<string, string>> = {
  "": "not known",
  card: "Card",
  card_present: "Card at the till",
  customer_balance: "Bank transfer",
  ideal: "iDEAL",
  paypal: "PayPal",
  sepa_debit: "SEPA debit",
  boleto: "Boleto (voucher)",
};

/** A means of payment as people say it; one without words of its own is the provider's name. */
export function meansWords(means: string): string {
  const plain = means.replaceAll("_", " ");
  return words[means] ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}
