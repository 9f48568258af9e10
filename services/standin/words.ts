const en = {
  lang: "en",
  dir: "ltr" as "ltr" | "rtl",
  itself: "English",
  standin: "Stand-in.",
  noMoney: "This page plays the payment provider: no money moves.",
  suffix: "stand-in",
  title: "Pay your order",
  order: (shop: string, number: string) => `${shop} · order #${number}`,
  caption: "What you pay for",
  item: "Item",
  each: "Each",
  sum: "Sum",
  total: "Total",
  pay: (amount: string) => `Pay ${amount}`,
  slow: "Slow: let the bank take its time",
  voucher: "Voucher: pay it at a till, some day",
  fail: "Fail: let the payment be declined",
  cancel: "Cancel and go back",
  bank: "Your bank is on it. What happens next?",
  voucherWaits: "Your voucher waits to be paid. What happens next?",
  arrive: "Let the money arrive",
  bounce: "Let the payment fail",
  failed: "This payment has failed.",
  paid: "This is paid.",
  expired: "This payment page has expired. Nothing was taken.",
  back: "Back to your order",
  declined: "The payment was declined. Nothing was taken: you can try again.",
  notUnderstood: "That was not understood. Use one of the buttons.",
  unknownTitle: "No such payment",
  unknownText: "This payment page does not exist, or no longer.",
  language: "Language",
};

/** The payment page's words in one language. */
export type PageWords = typeof en;

const de: PageWords = {
  lang: "de",
  dir: "ltr",
  itself: "Deutsch",
  standin: "Nur gespielt.",
  noMoney: "Diese Seite spielt den Zahlungsanbieter: Es fließt kein Geld.",
  suffix: "gespielt",
  title: "Bestellung bezahlen",
  order: (shop, number) => `${shop} · Bestellung #${number}`,
  caption: "Wofür du bezahlst",
  item: "Gericht",
  each: "Je",
  sum: "Betrag",
  total: "Summe",
  pay: (amount) => `${amount} bezahlen`,
  slow: "Langsam: Die Bank lässt sich Zeit",
  voucher: "Gutschein: irgendwann an einer Kasse bezahlen",
  fail: "Scheitern: Die Zahlung wird abgelehnt",
  cancel: "Abbrechen und zurück",
  bank: "Deine Bank ist dran. Wie geht es weiter?",
  voucherWaits: "Dein Gutschein wartet auf Bezahlung. Wie geht es weiter?",
  arrive: "Das Geld kommt an",
  bounce: "Die Zahlung scheitert",
  failed: "Diese Zahlung ist fehlgeschlagen.",
  paid: "Das ist bezahlt.",
  expired: "Diese Zahlungsseite ist abgelaufen. Es wurde nichts abgebucht.",
  back: "Zurück zur Bestellung",
  declined: "Die Zahlung wurde abgelehnt. Es wurde nichts abgebucht: Du kannst es noch einmal versuchen.",
  notUnderstood: "Das war nicht zu verstehen. Nimm einen der Knöpfe.",
  unknownTitle: "Diese Zahlung gibt es nicht",
  unknownText: "Diese Zahlungsseite gibt es nicht, oder nicht mehr.",
  language: "Sprache",
};

/** The languages of the payment page; the first is for everybody whose own is not among them. */
export const pageWords: readonly [PageWords, ...PageWords[]] = [en, de];

/** The first of these tags that there are words for, whatever the region; `undefined` and "auto" ask for nothing. */
export function wordsFor(...tags: readonly (string | null | undefined)[]): PageWords {
  const bases = tags.map((tag) => tag?.toLowerCase().split("-")[0]);
  return bases.flatMap((base) => pageWords.find(({ lang }) => lang === base) ?? [])[0] ?? pageWords[0];
}
