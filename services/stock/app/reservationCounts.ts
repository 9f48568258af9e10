/** What became of a reservation. */
export type ReservationOutcome =
  | "reserved"
  | "repeated"
  | "out_of_stock"
  | "unknown_product"
  | "committed"
  | "released";

/** Counts an outcome. Repeats of a commit or release are not counted. */
export type CountReservations = (outcome: ReservationOutcome) => void;
