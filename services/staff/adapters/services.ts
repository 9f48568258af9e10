import { type Client, createClient, type Transport } from "@connectrpc/connect";
import { OrderStaffService } from "#common/genproto/order/v1/staff_pb";
import { PaymentStaffService } from "#common/genproto/payment/v1/staff_pb";
import { StockStaffService } from "#common/genproto/stock/v1/staff_pb";

/** How the services behind are reached. */
export type Transports = { readonly order: Transport; readonly stock: Transport; readonly payment: Transport };

/** The services behind, as the staff's side calls them. Their calls end in AppErrors. */
export type Services = {
  readonly order: Client<typeof OrderStaffService>;
  readonly stock: Client<typeof StockStaffService>;
  readonly payment: Client<typeof PaymentStaffService>;
};

/** The services behind, on their transports. */
export function servicesOn({ order, stock, payment }: Transports): Services {
  return {
    order: createClient(OrderStaffService, order),
    stock: createClient(StockStaffService, stock),
    payment: createClient(PaymentStaffService, payment),
  };
}
