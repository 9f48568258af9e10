/** What became of a reservation. */
export type ReservationOutcome =
  | "reserved"
  | "repeated"
  | "out_of_stock"
  | "unknown_product"
  | "price_changed"
  | "shop_closed"
  | "committed"
  | "released"
  /** Released at its deadline, since no order needs it. */
  | "lapsed"
  /** Past its deadline, and longer for an order that is alive. */
  | "extended";

/** Counts an outcome. Repeats of a commit or release are not counted. */
export type CountReservations = (outcome: ReservationOutcome) => void;
