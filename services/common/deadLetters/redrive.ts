import type { ChannelModel, ConfirmChannel, GetMessage, Options } from "amqplib";
import { withChannel } from "#common/deadLetters/broker";
import { formerDeaths, type Letter } from "#common/deadLetters/letter";
import { deadLetters } from "#common/deadLetters/letters";

/** How many messages are under way at once. */
const batchSize = 100;

/** What an action on dead letters is told: which ones, and whom to tell of each that is through. */
export type Choice = { chosen: (letter: Letter) => boolean; onDone: (letter: Letter) => void };

/**
 * Puts the chosen dead letters back on their own queue, and on no other: only the consumer that failed sees them
 * again. A letter leaves the dead letters only after the broker has confirmed its copy, so a command that is killed on the
 * way leaves some twice and none lost. The others stay where they are, in their order.
 * @throws when the broker refuses a copy, or the queue is not there; nothing of that batch has left then.
 */
export function redrive(broker: ChannelModel, queue: string, { chosen, onDone }: Choice): Promise<void> {
  return withChannel(broker, async (channel) => {
    let batch: { message: GetMessage; letter: Letter }[] = [];
    const send = async () => {
      await publish(
        channel,
        queue,
        batch.map(({ message }) => message),
      );
      for (const { message, letter } of batch) {
        channel.ack(message);
        onDone(letter);
      }
      batch = [];
    };
    for await (const one of deadLetters(channel, queue)) {
      if (chosen(one.letter)) batch.push(one);
      if (batch.length >= batchSize) await send();
    }
    await send();
  });
}

/** Throws the chosen dead letters away. */
export function discard(broker: ChannelModel, queue: string, { chosen, onDone }: Choice): Promise<void> {
  return withChannel(broker, async (channel) => {
    for await (const { message, letter } of deadLetters(channel, queue)) {
      if (!chosen(letter)) continue;
      channel.ack(message);
      onDone(letter);
    }
  });
}

/** Through the default exchange, which knows every queue by its name. */
async function publish(channel: ConfirmChannel, queue: string, messages: readonly GetMessage[]): Promise<void> {
  let unroutable = false;
  const onReturn = () => {
    unroutable = true;
  };
  channel.on("return", onReturn);
  for (const message of messages)
    channel.publish("", queue, message.content, { ...sentAgain(message), mandatory: true });
  // What could not be routed comes back before its confirmation does.
  await channel.waitForConfirms();
  channel.off("return", onReturn);
  if (unroutable) throw new Error(`There is no queue ${queue}: its dead letters stay where they are`);
}

/** The message as its publisher made it. Its deaths move to a header of their own, so that its retries count anew. */
function sentAgain({ properties }: GetMessage): Options.Publish {
  const { contentType, contentEncoding, correlationId, replyTo, messageId, timestamp, type, appId } = properties;
  const headers: Record<string, unknown> = { ...properties.headers };
  const deaths = [headers["x-death"], headers[formerDeaths]].flat().filter((death) => death !== undefined);
  // CC and BCC would send copies to other queues.
  for (const name of Object.keys(headers))
    if (/^(x-death|x-(first|last)-death-.*|b?cc)$/i.test(name)) delete headers[name];
  headers[formerDeaths] = deaths.slice(0, 20);
  const kept = { contentType, contentEncoding, correlationId, replyTo, messageId, timestamp, type, appId };
  return { ...kept, headers, persistent: true };
}
