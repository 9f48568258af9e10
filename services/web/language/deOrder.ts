import type { Catalogue } from "./language.ts";

const underWay = "Falls eine Zahlung unterwegs war, kommt sie von selbst zu dir zurück.";

/** Where an order stands, in German. */
export const deOrder: Catalogue["status"] = {
  pending: { title: "Bestellung aufgegeben", text: "Wir machen deine Rechnung fertig. Das dauert einen Moment." },
  billLate: {
    title: "Deine Rechnung braucht länger, als sie sollte",
    text: "Deine Bestellung ist da, und deine Gerichte sind reserviert. Du kannst bezahlen, sobald es hier steht; vorher wird nichts abgebucht.",
  },
  waiting: { title: "Bereit zum Bezahlen", text: "Die Küche fängt an, sobald bezahlt ist." },
  timeUp: {
    title: "Die Zeit zum Bezahlen ist um",
    text: "Wir stellen sicher, dass nichts abgebucht wurde. Gleich steht hier, was aus der Bestellung wurde.",
  },
  backDone: { title: "Deine Zahlung wird bestätigt", text: "Danke! Wir warten auf Nachricht vom Zahlungsanbieter." },
  backCancelled: {
    title: "Noch nicht bezahlt",
    text: "Du hast die Zahlungsseite verlassen, und nichts wurde abgebucht. Bezahle, wann du willst.",
  },
  paid: {
    title: "Die Küche ist dran",
    text: "Deine Bestellung ist bezahlt. Du kannst diese Seite offen lassen, sie bewegt sich von selbst.",
  },
  cooking: { title: "Wird gekocht", text: "Deine Gerichte sind auf dem Herd. Sobald sie fertig sind, steht es hier." },
  ready: { title: "Fertig!", text: "Hol es dir, solange es heiß ist. Guten Appetit." },
  cancelled: { title: "Storniert", text: "Es wurde nichts abgebucht." },
  cancelledByCustomer: { title: "Du hast diese Bestellung storniert", text: `Du zahlst nichts. ${underWay}` },
  cancelledExpired: {
    title: "Die Zeit für diese Bestellung ist abgelaufen",
    text: `Sie wurde nicht rechtzeitig bezahlt, darum gingen die Gerichte zurück. ${underWay}`,
  },
  cancelledByStaff: {
    title: "Storniert",
    text: "Wir mussten diese Bestellung stornieren, und das tut uns leid. Was du bezahlt hast, bekommst du zurück.",
  },
  cancelledPaymentFailed: {
    title: "Die Zahlung ist fehlgeschlagen",
    text: "Die Bestellung wurde storniert und nichts abgebucht. Du kannst noch einmal bestellen und anders bezahlen.",
  },
  refunded: {
    title: "Erstattet",
    text: "Wir konnten diese Bestellung doch nicht servieren, und das tut uns leid. Dein Geld ist auf dem Weg zu dir zurück.",
  },
  refundedLate: {
    title: "Erstattet",
    text: "Die Zahlung kam, als die Bestellung schon vorbei war. Dein Geld ist auf dem Weg zu dir zurück.",
  },
  unknown: "Deine Bestellung ist weitergezogen. Diese Seite zieht mit.",
};
