import { inject } from "vitest";
import { connectSidecar } from "#common/dapr/sidecar";
import { logContract } from "./log.suite.ts";

const { testSidecar, daprApiToken } = inject("stack");
logContract("MySQL", connectSidecar({ grpcPort: testSidecar.grpcPort, apiToken: daprApiToken }).keep);
