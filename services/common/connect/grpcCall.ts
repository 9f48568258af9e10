import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import type { Client, Metadata } from "@grpc/grpc-js";

/** A method of a contract, whatever it is a method of. */
export type GrpcMethod<I extends DescMessage, O extends DescMessage> = {
  name: string;
  parent: { typeName: string };
  input: I;
  output: O;
};

/** One question and its answer over plain gRPC. @throws gRPC's ServiceError */
export function grpcCall<I extends DescMessage, O extends DescMessage>(
  client: Client,
  { name, parent, input, output }: GrpcMethod<I, O>,
  request: MessageInitShape<I>,
  metadata: Metadata,
  timeoutMs: number,
): Promise<MessageShape<O>> {
  const serialize = (message: MessageShape<I>) => Buffer.from(toBinary(input, message));
  const deserialize = (bytes: Buffer) => fromBinary(output, bytes);
  const [path, message] = [`/${parent.typeName}/${name}`, create(input, request)];
  const options = { deadline: Date.now() + timeoutMs };
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, serialize, deserialize, message, metadata, options, (error, answer) =>
      answer ? resolve(answer) : reject(error),
    );
  });
}
