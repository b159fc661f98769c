// Clients from npm whose build writes a manifest of their operations: what the build writes, what they send then, and what their application gets.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { createPersistedQueryManifestVerificationLink, generatePersistedQueryIdsFromManifest } from '@apollo/persisted-query-lists';
import { Client, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import relay from 'relay-runtime';

const require = createRequire(import.meta.url);

/** A fetch that keeps what went over the wire: the method, the body or the query of the URL, the status and the answer. */
function recorder(traffic) {
  return async (input, init = {}) => {
    const method = init.method ?? 'GET';
    const sent = method === 'GET' ? JSON.stringify(Object.fromEntries(new URL(input).searchParams)) : init.body;
    const response = await fetch(input, init);
    traffic.push(`${method} ${sent}`, `${response.status} ${await response.clone().text()}`);
    return response;
  };
}

function run(folder, tool, ...args) {
  const result = spawnSync(process.execPath, [require.resolve(tool), ...args], { cwd: folder, encoding: 'utf8' });
  if (result.status !== 0) {
    throw new Error(`${tool}: ${result.error ?? ''}${result.stdout}${result.stderr}`);
  }
}

/** What `generate-persisted-query-manifest` writes for an application with these queries. */
export async function apolloManifest({ folder, queries }) {
  mkdirSync(join(folder, 'src'), { recursive: true });
  const source = queries.map((query, i) => `export const q${i} = gql\`${query}\`;`).join('\n');
  writeFileSync(join(folder, 'src/app.js'), `import { gql } from '@apollo/client';\n${source}\n`);
  run(folder, '@apollo/generate-persisted-query-manifest/cli.js');
  return readFileSync(join(folder, 'persisted-query-manifest.json'), 'utf8');
}

/** What `relay-compiler` writes into `persistConfig.file` for an application with these queries. */
export async function relayManifest({ folder, schema, queries, algorithm }) {
  mkdirSync(join(folder, 'src'), { recursive: true });
  const source = queries.map((query, i) => `export const q${i} = graphql\`${query}\`;`).join('\n');
  writeFileSync(join(folder, 'src/App.js'), `import { graphql } from 'relay-runtime';\n${source}\n`);
  writeFileSync(join(folder, 'schema.graphql'), schema);
  writeFileSync(join(folder, 'persisted.json'), '{}');
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'relay.config.json'), JSON.stringify({
    src: './src', schema: './schema.graphql', language: 'javascript', eagerEsModules: true, persistConfig: { file: './persisted.json', algorithm },
  }));
  run(folder, 'relay-compiler/cli.js', 'relay.config.json');
  return readFileSync(join(folder, 'persisted.json'), 'utf8');
}

const textOf = result => (result.error ? result.error.message : JSON.stringify(result.data));

/** Apollo's client with the identifiers of its manifest; it sends no text, ever, unless it is told to. */
export async function apollo({ url, folder, client, queries, useGet, verify }) {
  const traffic = [];
  const loadManifest = () => JSON.parse(readFileSync(join(folder, 'persisted-query-manifest.json'), 'utf8'));
  const apolloClient = new ApolloClient({
    cache: new InMemoryCache(),
    clientAwareness: { name: client, version: '1.0' },
    link: ApolloLink.from([
      ...(verify ? [createPersistedQueryManifestVerificationLink({ loadManifest, onVerificationFailed: details => traffic.push(details.reason) })] : []),
      new PersistedQueryLink({ ...generatePersistedQueryIdsFromManifest({ loadManifest }), useGETForHashedQueries: useGet }),
      new HttpLink({ uri: url, fetch: recorder(traffic) }),
    ]),
    defaultOptions: { query: { fetchPolicy: 'no-cache', errorPolicy: 'all' } },
  });
  const results = [];
  for (const { query, variables } of queries) {
    results.push(textOf(await apolloClient.query({ query: gql(query), variables }).catch(error => ({ error }))));
  }

  apolloClient.stop();
  return { results, traffic };
}

/** urql with its exchange for published operations: identifiers from a manifest by the operation's name, and no text. */
export async function urql({ url, folder, client, queries, useGet }) {
  const traffic = [];
  const { operations } = JSON.parse(readFileSync(join(folder, 'persisted-query-manifest.json'), 'utf8'));
  const ids = new Map(operations.map(({ name, id }) => [name, id]));
  const urqlClient = new Client({
    url,
    requestPolicy: 'network-only',
    preferGetMethod: false,
    fetch: recorder(traffic),
    fetchOptions: { headers: { 'graphql-client-name': client } },
    exchanges: [
      persistedExchange({
        preferGetForPersistedQueries: useGet ? 'force' : false,
        enforcePersistedQueries: true,
        enableForMutation: true,
        generateHash: async (_, document) => ids.get(document.definitions.find(({ kind }) => kind === 'OperationDefinition').name.value),
      }),
      fetchExchange,
    ],
  });
  const results = [];
  for (const { query, variables } of queries) {
    const request = query.startsWith('mutation') ? urqlClient.mutation(query, variables ?? {}) : urqlClient.query(query, variables ?? {});
    results.push(textOf(await request.toPromise()));
  }

  return { results, traffic };
}

// What Relay needs to read fragments below is its own.
const shown = data => JSON.stringify(data, (key, value) => (key.startsWith('__') ? undefined : value));

/** Relay with the artifacts of its compiler and the network function of its guide, which sends `doc_id`; or with another name of the parameter. */
export async function relayRuntime({ url, folder, client, queries, parameter }) {
  const traffic = [];
  const send = recorder(traffic);
  const network = relay.Network.create(async (params, variables) => {
    const response = await send(url, {
      method: 'POST',
      headers: { 'graphql-client-name': client, 'content-type': 'application/json' },
      body: JSON.stringify({ [parameter]: params.id, variables }),
    });
    return response.json();
  });
  const environment = new relay.Environment({ network, store: new relay.Store(new relay.RecordSource()) });
  const results = [];
  for (const { name, variables } of queries) {
    const artifact = (await import(pathToFileURL(join(folder, `src/__generated__/${name}.graphql.js`)).href)).default;
    results.push(await relay.fetchQuery(environment, artifact, variables ?? {}).toPromise().then(shown, error => error.message.split('\n').slice(0, 2).join(' ')));
  }

  return { results, traffic };
}
