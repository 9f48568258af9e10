import { inject } from "vitest";
import { connectSidecar } from "#common/dapr/sidecar";
import { namesContract } from "../testing/names.suite.ts";

const { testSidecar, daprApiToken } = inject("stack");
namesContract("Redis", connectSidecar({ grpcPort: testSidecar.grpcPort, apiToken: daprApiToken }).state);
