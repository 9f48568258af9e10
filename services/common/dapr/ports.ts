/** A value in the state store with the version that a later save may demand. */
export type Versioned<T> = { value: T; etag: string };

/** What a save asks of the store. Exactly one of the two conditions, or none for last-write-wins. */
export type SaveOptions = {
  /** The save succeeds only if the value still has this version. */
  etag?: string;
  /** The save succeeds only if there is no value yet. */
  create?: boolean;
  /** The value vanishes after this time. A save without it makes the value stay. */
  ttlSeconds?: number;
};

/** Somebody else wrote the value first: read it again and decide anew. */
export class StateConflict extends Error {
  override readonly name = "StateConflict";
}

/**
 * Small JSON documents with optimistic concurrency: Dapr's state API. What is asked for together may travel together, and
 * each call has its own answer. Of two who save the same value at once with a condition, both may hear that it is saved.
 */
export type StateStore = {
  get<T>(key: string): Promise<Versioned<T> | undefined>;
  /** @throws StateConflict when the condition does not hold. */
  save<T>(key: string, value: T, options?: SaveOptions): Promise<void>;
};

/**
 * Dapr's lock API. It saves work and guards nothing: it neither renews nor fences, so the holder of a lock may have
 * lost it. The guard is always a unique key, a conditional update or an ETag.
 */
export type Locks = {
  /** Runs `work` while holding the lock, at most `seconds` long; returns false at once when somebody else holds it. */
  withLock(resource: string, seconds: number, work: () => Promise<void>): Promise<boolean>;
};

/** An event as it travels: CloudEvents 1.0, whose data is one of our event messages as proto3 JSON. */
export type CloudEvent = {
  specversion: "1.0";
  id: string;
  source: string;
  type: string;
  datacontenttype: "application/json";
  traceparent?: string;
  data: unknown;
};

/** Dapr's publish API. A success means sent, not received: who needs certainty looks for the effect. */
export type EventBus = {
  /** Publishes to the topic of the events' type. @returns the ids of the events that could not be sent. */
  publish(topic: string, events: readonly CloudEvent[]): Promise<readonly string[]>;
};
