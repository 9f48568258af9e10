import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import * as grpc from "@grpc/grpc-js";
import { type GrpcMethod, grpcCall } from "#common/connect/grpcCall";
import {
  type ServerReflectionRequest,
  ServerReflectionRequestSchema,
  type ServerReflectionResponse,
  ServerReflectionResponseSchema,
} from "#common/genproto/grpc/reflection/v1/reflection_pb";
import { tokenHeader } from "#common/http/appToken";

const timeoutMs = 20_000;

/** A plain gRPC client as any language has one: nothing of Connect in it. */
export class GrpcClient {
  readonly #client: grpc.Client;
  readonly #metadata = new grpc.Metadata();

  constructor(url: string, token?: string) {
    this.#client = new grpc.Client(new URL(url).host, grpc.credentials.createInsecure());
    if (token !== undefined) this.#metadata.set(tokenHeader, token);
  }

  /** @throws grpc.ServiceError */
  call<I extends DescMessage, O extends DescMessage>(
    method: GrpcMethod<I, O>,
    input: MessageInitShape<I>,
  ): Promise<MessageShape<O>> {
    return grpcCall(this.#client, method, input, this.#metadata, timeoutMs);
  }

  /** One question to gRPC's reflection service. */
  reflect(question: ServerReflectionRequest["messageRequest"]): Promise<ServerReflectionResponse["messageResponse"]> {
    return new Promise((resolve, reject) => {
      const stream = this.#client.makeBidiStreamRequest(
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        (message: ServerReflectionRequest) => Buffer.from(toBinary(ServerReflectionRequestSchema, message)),
        (bytes) => fromBinary(ServerReflectionResponseSchema, bytes),
        this.#metadata,
        { deadline: Date.now() + timeoutMs },
      );
      stream.once("error", reject);
      stream.once("data", ({ messageResponse }: ServerReflectionResponse) => {
        resolve(messageResponse);
        stream.end();
      });
      stream.write(create(ServerReflectionRequestSchema, { host: "", messageRequest: question }));
    });
  }

  close(): void {
    this.#client.close();
  }
}
