// A sidecar asks Consul once, when it starts: so nothing starts before Consul has a leader.
const url = process.env.CONSUL_URL;
let told = "";
for (;;) {
  const reason = await fetch(`${url}/v1/status/leader`, { signal: AbortSignal.timeout(2_000) })
    .then(async (answer) =>
      answer.ok && (await answer.json()) !== "" ? "" : `it answers ${answer.status} and has no leader`,
    )
    .catch((error) => String(error.cause?.message ?? error.message));
  if (reason === "") break;
  if (reason !== told) process.stdout.write(`waiting for Consul at ${url}: ${reason}\n`);
  told = reason;
  await new Promise((resolve) => setTimeout(resolve, 1_000));
}
