// @apollo/query-planner and @graphql-hive/router-query-planner as the other sides of `planning`: reads one request a line, answers one line.
//   {"method":"load","supergraph":SDL} -> {"apollo":VERSION,"hive":VERSION,"node":VERSION}
//   {"method":"run","planner":"apollo"|"hive","queries":[TEXT],"milliseconds":N} -> {"nanoseconds":N}: the mean processor time of one plan, from the
//     text of the operation to the plan as an object, over the queries in turn
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { QueryPlanner as ApolloPlanner } from '@apollo/query-planner';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner as HivePlanner } from '@graphql-hive/router-query-planner';
import { parse } from 'graphql';

const require = createRequire(import.meta.url);
const planners = {};
let sink;

const methods = {
  load({ supergraph }) {
    const graph = Supergraph.build(supergraph);
    const schema = graph.apiSchema();
    const apollo = new ApolloPlanner(graph);
    const hive = new HivePlanner(supergraph);
    planners.apollo = (query) => apollo.buildQueryPlan(operationFromDocument(schema, parse(query)));
    planners.hive = (query) => hive.plan(query, null, new Set(), 0);
    return {
      apollo: require('@apollo/query-planner/package.json').version,
      hive: require('@graphql-hive/router-query-planner/package.json').version,
      node: process.versions.node,
    };
  },
  run({ planner, queries, milliseconds }) {
    const now = () => {
      const { user, system } = process.cpuUsage();
      return user + system;
    };
    const start = now();
    let runs = 0;
    let elapsed = 0;
    while (elapsed < milliseconds * 1000) {
      for (const query of queries) {
        sink = planners[planner](query);
      }
      runs += queries.length;
      elapsed = now() - start;
    }
    return { nanoseconds: (elapsed * 1000) / runs };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { method, ...parameters } = JSON.parse(line);
  let answer;
  try {
    answer = methods[method](parameters);
  } catch (error) {
    answer = { failure: String(error.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
