/** What one of our images is built from: a folder with sources and a Dockerfile. */
export type Image = {
  readonly tag: string;
  readonly context: string;
  readonly args: Readonly<Record<string, string>>;
};

/** A cluster to test on. */
export type Cluster = {
  readonly name: string;
  /** A command that runs the one after it where kubectl, helm and the cluster's addresses are at hand. */
  readonly within: readonly string[];
  /** Files with values for the chart that only this cluster needs. */
  readonly values: readonly string[];
  /** What brings up what is missing of the cluster itself, by name and in this order. */
  readonly steps: Readonly<Record<string, () => Promise<void>>>;
  /** Builds one of our images and hands it to the cluster. */
  image(image: Image): Promise<void>;
  /** Takes down what `steps` brought up. */
  end(): Promise<void>;
};
