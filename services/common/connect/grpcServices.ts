import { create, type DescFile, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import { Health, HealthCheckResponse_ServingStatus as Status } from "#common/genproto/grpc/health/v1/health_pb";
import {
  ServerReflection,
  type ServerReflectionRequest,
  type ServerReflectionResponse,
  ServerReflectionResponseSchema,
} from "#common/genproto/grpc/reflection/v1/reflection_pb";
import { passes, type ReadinessCheck } from "#common/http/health";

const notFound = 5;
const unimplemented = 12;

/** Adds gRPC's health and reflection services, which speak for every service that the router has by then. */
export function grpcServices(router: ConnectRouter, checks: Record<string, ReadinessCheck>): void {
  const isReady = lately(async () => (await Promise.all(Object.values(checks).map(passes))).every(Boolean));
  router.service(Health, {
    async check() {
      return { status: (await isReady()) ? Status.SERVING : Status.NOT_SERVING };
    },
  });
  const files = new Map<string, DescFile>();
  const add = (file: DescFile): void => {
    files.set(`${file.name}.proto`, file);
    for (const dependency of file.dependencies) add(dependency);
  };
  const names = new Set<string>([ServerReflection.typeName]);
  for (const { service } of router.handlers) {
    names.add(service.typeName);
    add(service.file);
  }
  add(ServerReflection.file);
  router.service(ServerReflection, {
    async *serverReflectionInfo(requests) {
      for await (const request of requests) yield answer(request, files, [...names]);
    },
  });
}

/** An answer that all who ask within a second share: anybody may ask, and it takes calls to our databases. */
function lately<T>(ask: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined;
  let askedAt = 0;
  return () => {
    if (known && performance.now() - askedAt < 1_000) return known;
    askedAt = performance.now();
    known = ask();
    return known;
  };
}

function answer(
  request: ServerReflectionRequest,
  files: ReadonlyMap<string, DescFile>,
  services: readonly string[],
): ServerReflectionResponse {
  const respond = (messageResponse: ServerReflectionResponse["messageResponse"]) =>
    create(ServerReflectionResponseSchema, { validHost: request.host, originalRequest: request, messageResponse });
  const fail = (errorCode: number, errorMessage: string) =>
    respond({
      case: "errorResponse",
      value: { $typeName: "grpc.reflection.v1.ErrorResponse", errorCode, errorMessage },
    });
  const withFile = (file: DescFile | undefined) =>
    file
      ? respond({
          case: "fileDescriptorResponse",
          value: {
            $typeName: "grpc.reflection.v1.FileDescriptorResponse",
            fileDescriptorProto: withDependencies(file).map((one) => toBinary(FileDescriptorProtoSchema, one.proto)),
          },
        })
      : fail(notFound, "not found");

  switch (request.messageRequest.case) {
    case "listServices":
      return respond({
        case: "listServicesResponse",
        value: {
          $typeName: "grpc.reflection.v1.ListServiceResponse",
          service: services.map((name) => ({ $typeName: "grpc.reflection.v1.ServiceResponse", name })),
        },
      });
    case "fileByFilename":
      return withFile(files.get(request.messageRequest.value));
    case "fileContainingSymbol":
      return withFile(fileOf(request.messageRequest.value, files.values()));
    case undefined:
      throw new ConnectError("a reflection request must ask for something", Code.InvalidArgument);
    default:
      return fail(unimplemented, "extensions are not used here");
  }
}

function withDependencies(file: DescFile): DescFile[] {
  return [file, ...file.dependencies.flatMap(withDependencies)];
}

/** The file whose package and declarations hold the symbol: a service, a method of one, a message or an enum. */
function fileOf(symbol: string, files: Iterable<DescFile>): DescFile | undefined {
  for (const file of files) {
    const declared = [...file.services, ...file.messages, ...file.enums].map(({ typeName }) => typeName);
    if (declared.some((name) => symbol === name || symbol.startsWith(`${name}.`))) return file;
  }
  return undefined;
}
