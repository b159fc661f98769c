// The shop's four sources, and the whole shop in one server, which knows the right answer to every query: PORT on loopback, POST /NAME.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { graphql, parse, buildSchema } from 'graphql';
import { buildSubgraphSchema } from '@apollo/subgraph';

// ---- data: fixed, made by counting

const words = 'warm oak lamp with a linen shade and quiet switch, made by hand in small numbers for rooms where people read late'.split(' ');
const text = (seed, count) => Array.from({ length: count }, (_, i) => words[(seed * 7 + i * 5 + ((seed * i) >> 2)) % words.length]).join(' ');
const customers = Array.from({ length: 24 }, (_, i) => ({
  id: `c${i + 1}`, name: `Customer “${words[i % words.length]}” ${i + 1}`, city: ['Zürich', 'Aarhus', 'Porto', 'Gent', '京都'][i % 5],
  ratings: () => ratings.filter((r) => r.by === i),
}));
const articles = Array.from({ length: 18 }, (_, i) => ({
  sku: `a-${i + 101}`, title: `Article ${i + 1}: ${text(i, 4)}`, maker: text(i + 40, 2), blurb: text(i + 9, 110),
  cents: 990 + i * 137, weightGrams: 120 + i * 260, available: (i * 13) % 40,
  postage: () => postage(120 + i * 260), ratings: () => ratings.filter((r) => r.of === i),
}));
const ratings = Array.from({ length: 108 }, (_, i) => ({
  id: `r${i + 1}`, stars: 1 + (i % 9) / 2, text: text(i + 3, 12), by: (i * 5) % 24, of: (i * 11) % 18,
  author: () => customers[(i * 5) % 24], article: () => articles[(i * 11) % 18],
}));
const shelves = ['Light', 'Paper', 'Wood'].map((name, i) => ({ name, articles: articles.slice(i * 6, i * 6 + 6) }));
const postage = (grams) => 390 + Math.ceil(grams / 500) * 110;

const find = (list, key) => (reference) => list.find((each) => each[key] === reference[key]);
const article = find(articles, 'sku');
const customer = find(customers, 'id');
const Article = { __resolveReference: article };
const Customer = { __resolveReference: customer };

// ---- sources

const resolvers = {
  catalogue: { Query: { shelves: () => shelves }, Article },
  customers: { Query: { customer: (_, args) => customer(args) }, Customer },
  ratings: { Query: { rating: (_, args) => find(ratings, 'id')(args) }, Article, Customer },
  stock: {
    Query: { warehouse: () => 'Basel' },
    // Postage is made from the weight that the gateway brings, so that a wrong one shows.
    Article: {
      __resolveReference: (r) => ({ sku: r.sku, available: article(r).available, weightGrams: r.weightGrams }),
      postage: (r) => postage(r.weightGrams),
    },
  },
};
const schemas = {};
for (const name of Object.keys(resolvers)) {
  const sdl = readFileSync(new URL(`../Gateways/sources/${name}.graphql`, import.meta.url), 'utf8');
  schemas[name] = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers[name] });
}
schemas.whole = buildSchema(`
  type Query { shelves: [Shelf!]!  warehouse: String! }
  type Shelf { name: String!  articles: [Article!]! }
  type Article { sku: ID!  title: String!  maker: String!  blurb: String!  cents: Int!  weightGrams: Int!
    available: Int!  postage: Int!  ratings: [Rating!]! }
  type Rating { id: ID!  stars: Float!  text: String!  author: Customer!  article: Article! }
  type Customer { id: ID!  name: String!  city: String!  ratings: [Rating!]! }`);
const rootValue = { shelves, warehouse: 'Basel' };

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const name = request.url.slice(1);
  const { query, variables, operationName } = JSON.parse(Buffer.concat(chunks).toString());
  const answer = await graphql({ schema: schemas[name], source: query, variableValues: variables, operationName, rootValue: name === 'whole' ? rootValue : undefined });
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answer));
}).listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
