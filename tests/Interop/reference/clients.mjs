// Clients from npm as applications use them: what they send of persisted queries, and what their application gets.
import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { Client, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';

const sha256 = text => createHash('sha256').update(text).digest('hex');

/** A fetch that keeps what went over the wire: the method, what a request has to say of its document, the status and the answer. */
function recorder(traffic) {
  return async (input, init = {}) => {
    const method = init.method ?? 'GET';
    const sent = method === 'GET' ? Object.fromEntries(new URL(input).searchParams) : JSON.parse(init.body);
    const extensions = typeof sent.extensions === 'string' ? JSON.parse(sent.extensions) : sent.extensions;
    const response = await fetch(input, init);
    const parts = [sent.query ? 'text' : '', extensions?.persistedQuery ? 'hash' : '', sent.documentId ? 'documentId' : ''].filter(part => part);
    traffic.push(`${method} ${parts.join(' and ')}: ${response.status} ${await response.clone().text()}`);
    return response;
  };
}

/** Runs queries one after the other with Apollo's client and its link for persisted queries. */
export async function apollo({ url, queries, useGet, hash }) {
  const traffic = [];
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([
      new PersistedQueryLink({ sha256: text => hash ?? sha256(text), useGETForHashedQueries: useGet }),
      new HttpLink({ uri: url, fetch: recorder(traffic) }),
    ]),
    defaultOptions: { query: { fetchPolicy: 'no-cache', errorPolicy: 'all' } },
  });
  const results = [];
  for (const query of queries) {
    const result = await client.query({ query: gql(query) }).catch(error => ({ error }));
    results.push(result.error ? result.error.message : JSON.stringify(result.data));
  }

  client.stop();
  return { results, traffic };
}

/** The same with urql and its exchange. */
export async function urql({ url, queries, useGet, hash }) {
  const traffic = [];
  const client = new Client({
    url,
    preferGetMethod: false,
    requestPolicy: 'network-only',
    fetch: recorder(traffic),
    exchanges: [
      persistedExchange({ preferGetForPersistedQueries: useGet ? 'force' : false, generateHash: async text => hash ?? sha256(text) }),
      fetchExchange,
    ],
  });
  const results = [];
  for (const query of queries) {
    const result = await client.query(query, {}).toPromise();
    results.push(result.error ? result.error.message : JSON.stringify(result.data));
  }

  return { results, traffic };
}
