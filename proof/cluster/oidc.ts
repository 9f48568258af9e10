import { createSocket } from "node:dgram";
import { once } from "node:events";
import { startOidc } from "../../dev/oidc/provider.ts";
import { apply, kubectl } from "./kubectl.ts";

const [name, port] = ["oidc", 18_092];

/** What the provider calls itself, and pods know it by: values.yaml says so, and opens the network for its port. */
export const issuer = `http://${name}.gorder-test.svc:${port}`;

/** Where browsers find the staff: the public URL in values.yaml, which a port-forward makes true. */
export const staffPort = 18_091;

/** What the staff's service is at a provider: values.yaml says so. */
export const staffClient = {
  clientId: "gorder-staff",
  clientSecret: "secret-of-the-staff-in-tests",
  publicUrls: [`http://127.0.0.1:${staffPort}`],
};

/** The address of this machine by which nodes and their pods reach it: the one that speaks to a node. */
async function thisMachine(): Promise<string> {
  const path = "{.items[0].status.addresses[?(@.type=='InternalIP')].address}";
  const node = await kubectl("get", "nodes", `--output=jsonpath=${path}`);
  const socket = createSocket("udp4");
  try {
    // Nothing is sent: that a way is known suffices, and the port is any.
    socket.connect(9, node);
    await once(socket, "connect");
    return socket.address().address;
  } finally {
    socket.close();
  }
}

/** What a browser's hosts file would say, which knows no names of the cluster. */
export async function hosts(): Promise<Readonly<Record<string, string>>> {
  return { [issuer]: `http://${await thisMachine()}:${port}` };
}

/** A service without pods: its name leads to an address outside. */
function leadTo(address: string): object {
  const ports = [{ name: "http", port }];
  const addressed = { addressType: "IPv4", ports, endpoints: [{ addresses: [address] }] };
  const labels = { "kubernetes.io/service-name": name };
  return {
    apiVersion: "v1",
    kind: "List",
    items: [
      { apiVersion: "v1", kind: "Service", metadata: { name }, spec: { ports } },
      { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice", metadata: { name, labels }, ...addressed },
    ],
  };
}

/**
 * Starts a real OpenID provider for the staff, on this machine, and gives it a name in the cluster: it is no part of any
 * image. @returns what ends it; its name goes with the namespace.
 */
export async function startProvider(): Promise<() => Promise<void>> {
  const host = await thisMachine();
  await apply(JSON.stringify(leadTo(host)));
  const { close } = await startOidc({ host, port, issuer }, staffClient);
  return () => close();
}
