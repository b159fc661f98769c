// npm's @apollo/query-planner and @graphql-hive/router-query-planner, and what their plans cost: how many fetches follow each other at most,
// and how many requests go to services.
import { createRequire } from 'node:module';
import { QueryPlanner as ApolloPlanner, prettyFormatQueryPlan } from '@apollo/query-planner';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner as HivePlanner } from '@graphql-hive/router-query-planner';
import { parse } from 'graphql';

const require = createRequire(import.meta.url);
let plan;
let format;

/** The version that the expectations of these tests were made with. */
export function versionOfReference({ planner }) {
  return require(`${planner}/package.json`).version;
}

/** Takes one of the two planners and a supergraph for the operations that follow. */
export function load({ planner, supergraph }) {
  if (planner === '@apollo/query-planner') {
    const graph = Supergraph.build(supergraph);
    const schema = graph.apiSchema();
    const apollo = new ApolloPlanner(graph);
    plan = (query) => apollo.buildQueryPlan(operationFromDocument(schema, parse(query)));
    format = prettyFormatQueryPlan;
  } else {
    const hive = new HivePlanner(supergraph);
    plan = (query) => hive.plan(query, null, new Set(), 0);
    format = ({ node }) => JSON.stringify(node, null, 1);
  }
}

/** What the plan for a query costs: {depth, requests}. */
export function measure({ query }) {
  const { node } = plan(query);
  return { depth: depth(node), requests: requests(node) };
}

/** The plan for a query as text, for people. */
export function print({ query }) {
  return format(plan(query));
}

// Both planners' executors run the members of a Sequence one after the other, whatever each of them needs.
function depth(node) {
  return fold(node, (counts) => counts.reduce((a, b) => a + b, 0), (counts) => Math.max(0, ...counts));
}

function requests(node) {
  const sum = (counts) => counts.reduce((a, b) => a + b, 0);
  return fold(node, sum, sum);
}

function fold(node, inSequence, inParallel) {
  switch (node?.kind) {
    case undefined:
      return 0;
    case 'Fetch':
    case 'BatchFetch':
      return 1;
    case 'Flatten':
      return fold(node.node, inSequence, inParallel);
    case 'Sequence':
      return inSequence(node.nodes.map((child) => fold(child, inSequence, inParallel)));
    case 'Parallel':
      return inParallel(node.nodes.map((child) => fold(child, inSequence, inParallel)));
    default:
      throw new Error(`No kind of node that is compared: ${node.kind}`);
  }
}
