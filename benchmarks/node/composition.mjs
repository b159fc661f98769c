// @apollo/composition as the other side of `composition`: reads one request a line, answers one line. Requests:
//   {"method":"load","sources":[{"name":NAME,"sdl":SDL}]} -> {"composition":VERSION,"graphql":VERSION,"node":VERSION}
//   {"method":"run"} -> {"wall":NANOSECONDS,"processor":NANOSECONDS,"peak":BYTES,"errors":[TEXT]}: one composition, from the text on
//   {"method":"api"} -> {"api":SDL}: what clients see of the last one, sorted
//   {"method":"print","sdl":SDL} -> {"api":SDL}: a schema printed in the same way
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { buildASTSchema, GraphQLSchema, lexicographicSortSchema, parse, printSchema, specifiedDirectives, version } from 'graphql';

const require = createRequire(import.meta.url);
let sources = [];
let result;

// Definitions of directives that describe cost are shown to clients by this project and not by the other side.
const print = (schema) =>
  printSchema(lexicographicSortSchema(new GraphQLSchema({ ...schema.toConfig(), directives: specifiedDirectives })));

const methods = {
  load(request) {
    sources = request.sources;
    return {
      composition: require('@apollo/composition/package.json').version,
      graphql: version,
      node: process.versions.node,
    };
  },
  run() {
    result = undefined;
    const processor = process.cpuUsage();
    const wall = process.hrtime.bigint();
    result = composeServices(sources.map(({ name, sdl }) => ({ name, url: `http://${name}.test`, typeDefs: parse(sdl) })));
    const elapsed = process.hrtime.bigint() - wall;
    const { user, system } = process.cpuUsage(processor);
    return {
      wall: Number(elapsed),
      processor: (user + system) * 1000,
      peak: process.resourceUsage().maxRSS * 1024,
      errors: (result.errors ?? []).map((error) => error.message),
    };
  },
  api() {
    return { api: print(Supergraph.build(result.supergraphSdl).apiSchema().toGraphQLJSSchema()) };
  },
  print({ sdl }) {
    return { api: print(buildASTSchema(parse(sdl))) };
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
