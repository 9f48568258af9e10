import { afterAll, beforeAll, expect, test } from "vitest";
import { epmd } from "../../../dev/stack/parts/rabbitmq.ts";
import { startDlqWith } from "../../../proof/testing/dlq.ts";
import { makeSecuredPlace, rabbitmqWithTls, type Secured } from "../../../proof/testing/secured.ts";
import { demandRefusal, securedSidecar } from "../../../proof/testing/securedSidecar.ts";
import { anEvent } from "./bus.suite.ts";
import { connectSidecar } from "./sidecar.ts";

/** Processes are started from their sources, on a machine that may be busy. */
const patience = 120_000;

let place: Secured;
let rabbitmqUrl: string;
beforeAll(async () => {
  place = await makeSecuredPlace();
  const { context, authority, fleet, tlsPort } = place;
  await fleet.start("nameserver", epmd(context));
  const certificate = await authority.issue("rabbitmq");
  await fleet.start("servers", rabbitmqWithTls(context, certificate, authority.ca, tlsPort));
  rabbitmqUrl = `amqps://gorder:${context.secrets.rabbitmqPassword}@localhost:${tlsPort}`;
}, 120_000);
afterAll(() => place.end());

const wrong = (url: string) => url.replace(/:[^:@]+@/, ":wrong@");

test("a sidecar publishes by TLS to a broker that its authorities vouch for", async () => {
  const { context, fleet, authority } = place;
  await fleet.start("sidecars", securedSidecar(place, { rabbitmqUrl, ca: authority.ca }));
  const apiToken = context.secrets.daprApiToken;
  const { events } = connectSidecar({ grpcPort: context.ports["testapp-dapr-grpc"], apiToken });
  await events.publish("test.bus", [anEvent("test.bus")]);
  await fleet.kill("testapp-dapr");
});

test(
  "for another's certificate, or with a wrong password, its last word is the component, and why",
  async () => {
    const unknown = /pubsub.*certificate signed by unknown authority/s;
    await demandRefusal(place, { rabbitmqUrl, ca: place.stranger.ca }, unknown);
    const ways = { rabbitmqUrl: wrong(rabbitmqUrl), ca: place.authority.ca };
    await demandRefusal(place, ways, /pubsub.*username or password/s);
  },
  patience,
);

const list = (url: string, ca: string) =>
  startDlqWith({ RABBITMQ_URL: url, NODE_EXTRA_CA_CERTS: ca }, "list", "--json").ended;

test(
  "dead letters are counted by TLS, by the same authorities",
  async () => {
    const { code, output } = await list(rabbitmqUrl, place.authority.ca);
    expect([code, JSON.parse(output)]).toEqual([0, expect.arrayContaining([expect.objectContaining({ letters: 0 })])]);
  },
  patience,
);

test(
  "who cannot get in is told which broker it was, why, and no password",
  async () => {
    const server = `RabbitMQ at localhost:${place.tlsPort}: `;
    const untrusted = await list(rabbitmqUrl, place.stranger.ca);
    expect(untrusted).toEqual({ code: 1, output: expect.stringContaining(`${server}self-signed certificate`) });
    const refused = await list(wrong(rabbitmqUrl), place.authority.ca);
    expect(refused).toEqual({ code: 1, output: expect.stringMatching(new RegExp(`${server}.*ACCESS_REFUSED`)) });
    expect(refused.output + untrusted.output).not.toMatch(/wrong@|gorder:/);
  },
  patience,
);

test("an expired certificate is refused by both, for that reason", async () => {
  const { authority, fleet } = place;
  await authority.issue("rabbitmq", { expired: true });
  await fleet.restart("rabbitmq");
  expect((await list(rabbitmqUrl, authority.ca)).output).toContain("certificate has expired");
  await demandRefusal(place, { rabbitmqUrl, ca: authority.ca }, /pubsub.*certificate has expired/s);
}, 120_000);
