// npm's graphql-http and graphql-sse: the reference for GraphQL over HTTP and over server-sent events, against a server that runs.
import { serverAudits } from 'graphql-http';
import { createClient } from 'graphql-sse';

/** Runs every audit of graphql-http against a URL; gives [{name, status, reason}]. */
export async function audit({ url }) {
  const results = [];
  for (const { name, fn } of serverAudits({ url, fetchFn: fetch })) {
    try {
      const { status, reason } = await fn();
      results.push({ name, status, reason: reason ?? null });
    } catch (error) {
      results.push({ name, status: 'error', reason: error.message });
    }
  }

  return results;
}

/** Runs an operation with graphql-sse's client in distinct connections mode and gives its results, as many as come or as are asked for. */
export async function iterate({ url, query, variables, atMost }) {
  const client = createClient({ url, singleConnection: false, retryAttempts: 0 });
  const results = [];
  try {
    for await (const result of client.iterate({ query, variables })) {
      results.push(JSON.stringify(result));
      if (results.length === atMost) {
        break;
      }
    }
  } catch (error) {
    results.push(`${error.name}: ${error.message}`);
  } finally {
    client.dispose();
  }

  return results;
}
