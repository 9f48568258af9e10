import type { Catalogue } from "./language.ts";

/** What went wrong, in German. */
export const deProblems: Catalogue["problems"] = {
  codes: {
    "not-found": {
      title: "Das finden wir nicht",
      text: "Es gehört vielleicht zu einem anderen Besuch, oder es gab es nie.",
    },
    unauthorized: { title: "Dein Besuch ist zu Ende", text: "Bitte lade die Seite neu, um einen neuen zu beginnen." },
    "order-conflict": {
      title: "Die Bestellung ist weiter",
      text: "Gerade ist etwas anderes mit ihr geschehen. Sieh noch einmal nach.",
    },
    "out-of-stock": {
      title: "Einige Gerichte sind gerade ausgegangen",
      text: "Jemand war schneller. Sieh nach, was noch da ist.",
    },
    "invalid-request": {
      title: "Das hat nicht geklappt",
      text: "Die Bestellung war nicht lesbar. Bitte sieh in deinen Warenkorb.",
    },
    "payload-too-large": { title: "Das ist eine sehr große Bestellung", text: "Bitte teile sie in kleinere auf." },
    "idempotency-key-reused": { title: "Das hat nicht geklappt", text: "Bitte versuche es noch einmal." },
    "prices-changed": {
      title: "Einige Preise haben sich gerade geändert",
      text: "Sieh noch einmal in deinen Warenkorb.",
    },
    "too-many-requests": {
      title: "Das war viel auf einmal",
      text: "Warte eine Minute und versuche es dann noch einmal. Wenn du unbezahlte Bestellungen hast, bezahle oder storniere eine.",
    },
    busy: {
      title: "Die Küche ist gerade voll",
      text: "Dein Warenkorb bleibt, wie er ist. Bitte versuche es gleich noch einmal.",
    },
    unavailable: {
      title: "Die Küche holt kurz Luft",
      text: "Bei uns klemmt gerade etwas. Bitte versuche es gleich noch einmal.",
    },
  },
  fields: {
    quantity: "Eine Anzahl ist eine ganze Zahl von 1 bis 99.",
    productId: "Ein Gericht steht nicht mehr auf der Karte.",
    note: "Eine Notiz hat höchstens 140 Zeichen, in einer Zeile.",
    guestName: "Ein Name hat höchstens 60 Zeichen.",
    items: "Eine Bestellung hat 1 bis 50 verschiedene Gerichte.",
    total: "Die Bestellung kostet mehr oder weniger, als auf einmal bezahlt werden kann.",
  },
  offline: {
    title: "Keine Verbindung",
    text: "Wir konnten die Küche nicht erreichen. Prüfe dein Netz und versuche es noch einmal.",
  },
  closed: "Wir haben gerade geschlossen",
  unexpected: { title: "Etwas ist schiefgegangen", text: "Das lag nicht an dir. Bitte versuche es noch einmal." },
  mention: (trace) => `Wenn du uns davon erzählst, nenne ${trace}.`,
};
