// npm's @apollo/composition: the reference for composing sources of Apollo Federation.
import { composeServices } from '@apollo/composition';
import { ERROR_CATEGORIES, ERRORS, Supergraph } from '@apollo/federation-internals';
import { buildASTSchema, GraphQLSchema, lexicographicSortSchema, parse, printSchema, specifiedDirectives } from 'graphql';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The version that the expectations of these tests were made with. */
export function versionOfReference() {
  return require('@apollo/composition/package.json').version;
}

/**
 * Composes sources of the form {name, sdl}.
 * Returns {codes, messages, api}: the codes of the errors, what they say, and what clients see (sorted); api is null where there are errors.
 */
export function compose({ sources }) {
  const services = [];
  const errors = [];
  for (const { name, sdl } of sources) {
    try {
      services.push({ name, url: `http://${name}.test`, typeDefs: parse(sdl) });
    } catch (error) {
      errors.push({ message: error.message, extensions: { code: 'INVALID_GRAPHQL' } });
    }
  }

  if (errors.length > 0) {
    return failed(errors);
  }

  let result;
  try {
    result = composeServices(services);
  } catch (error) {
    // Its own assertions: neither accepted nor refused.
    return { codes: ['CRASH'], messages: [String(error.message)], api: null };
  }

  if (result.errors) {
    return failed(result.errors);
  }

  const api = Supergraph.build(result.supergraphSdl, { supportedFeatures: null }).apiSchema().toGraphQLJSSchema();
  return { codes: [], messages: [], api: sorted(api), supergraph: result.supergraphSdl };
}

/** Prints a schema as `compose` prints the one that clients see. */
export function print({ sdl }) {
  return sorted(buildASTSchema(parse(sdl)));
}

function failed(errors) {
  return {
    codes: [...new Set(errors.map((error) => error.extensions?.code ?? 'NONE'))].sort(),
    messages: errors.map((error) => `${error.extensions?.code}: ${error.message}`),
    api: null,
  };
}

// Directives that describe cost are shown to clients by this project and not by the reference; both leave applications out of the print.
function sorted(schema) {
  const config = schema.toConfig();

  return printSchema(
    lexicographicSortSchema(
      new GraphQLSchema({
        ...config,
        directives: specifiedDirectives,
      }),
    ),
  );
}

/** All codes that the reference can answer with. */
export function errorCodes() {
  const elements = ['key', 'requires', 'provides', 'query', 'mutation', 'subscription'];
  const categories = Object.values(ERROR_CATEGORIES).flatMap((category) =>
    elements.flatMap((element) => {
      try {
        return [category.get(element).code];
      } catch {
        return []; // a category is for some of the elements
      }
    }),
  );
  return [...new Set([...Object.values(ERRORS).map((definition) => definition.code), ...categories])].sort();
}
