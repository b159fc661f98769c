// npm's @apollo/gateway over Apollo-style services in this process. The services make up their data: a value depends on the entity and the
// field alone, so that every service says the same of an entity, whoever asks.
import { ApolloGateway } from '@apollo/gateway';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@apollo/composition';
import { execute as executeLocally, getNamedType, GraphQLList, GraphQLNonNull, isAbstractType, isEnumType, isInterfaceType, isObjectType, parse, valueFromASTUntyped } from 'graphql';

const services = new Map();
const gateways = new Map();

/** Starts services of these names and schemas; what was started before is gone. */
export function start(definitions) {
  services.clear();
  gateways.clear();
  for (const { name, sdl } of definitions) {
    const schema = buildSubgraphSchema({ typeDefs: parse(sdl) });
    services.set(name, schema);
    for (const type of Object.values(schema.getTypeMap()).filter(isInterfaceType)) {
      // Of which type an object of an interface is depends on the object alone.
      const resolveReference = (reference) => ({ ...reference, __typename: typeOf(idOf(reference), schema.getPossibleTypes(type)) });
      type.extensions = { ...type.extensions, apollo: { subgraph: { resolveReference } } };
    }
  }
}

/** What Apollo's own composition makes of schemas: {errors} or {supergraph}. */
export function compose(definitions) {
  const services = definitions.map(({ name, sdl }) => ({ name, url: `http://${name}`, typeDefs: parse(sdl) }));
  let result;
  try {
    result = composeServices(services);
  } catch (error) {
    return { thrown: String(error.message) };
  }

  return result.errors ? { errors: result.errors.map(String) } : { supergraph: result.supergraphSdl };
}

/** One request to a service, as its HTTP endpoint would answer it. */
export async function ask({ service, body }) {
  return run(services.get(service), JSON.parse(body));
}

/** What a peer gateway answers with a supergraph: {data, errors}, and the services that it asked; null where it throws. */
export async function gateway({ supergraph, query }) {
  const asked = [];
  if (!gateways.has(supergraph)) {
    const peer = new ApolloGateway({
      supergraphSdl: supergraph,
      logger: { debug() {}, info() {}, warn() {}, error() {} },
      buildService: ({ name }) => ({
        async process({ request }) {
          gateways.get(supergraph).asked.push(name);
          return run(services.get(name), request);
        },
      }),
    });
    gateways.set(supergraph, { asked, loaded: await peer.load() });
  }

  const entry = gateways.get(supergraph);
  entry.asked.length = 0;
  const result = await entry.loaded.executor({
    document: parse(query), request: { query }, queryHash: query, context: {}, metrics: {}, schema: entry.loaded.schema,
    overallCachePolicy: { restrict() {} }, cache: new Map(),
  }).catch(() => null);
  return result && { data: result.data ?? null, errors: (result.errors ?? []).map((error) => error.message), asked: [...entry.asked].sort() };
}

async function run(schema, { query, variables }) {
  const result = await executeLocally({
    schema, document: parse(query), variableValues: variables, rootValue: { $id: 'root' }, fieldResolver: resolve, typeResolver: (value) => value.__typename,
  });
  return JSON.parse(JSON.stringify(result));
}

function resolve(source, args, context, info) {
  const name = info.fieldName;
  // What @apollo/subgraph hands on for _entities are the representations themselves.
  const id = source.$id ?? idOf(source);
  const given = JSON.stringify(args) === '{}' ? '' : JSON.stringify(args);
  const requires = info.parentType.getFields()[name].astNode?.directives?.find((directive) => directive.name.value === 'requires');
  const required = requires ? `<${fieldsOf(valueFromASTUntyped(requires.arguments[0].value)).map((field) => `${field}=${JSON.stringify(source[field])}`)}>` : '';
  return value(info.returnType, `${id}.${name}${given}${required}`, id, name, info.schema);
}

// An entity is known by its id; every other key tells it too, since texts are made of the field's name and the id.
function idOf(representation) {
  if (representation.id !== undefined) {
    return String(representation.id);
  }

  const [field, text] = Object.entries(representation).find(([key]) => key !== '__typename');
  return String(text).slice(`${field}:`.length);
}

function fieldsOf(selection) {
  return selection.split(/[\s{}]+/).filter((word) => word);
}

function value(type, path, id, name, schema) {
  if (type instanceof GraphQLNonNull) {
    return value(type.ofType, path, id, name, schema) ?? value(type.ofType, `${path}!`, id, name, schema);
  }

  if (type instanceof GraphQLList) {
    return [0, 1].map((index) => value(type.ofType, `${path}.${index}`, id, name, schema));
  }

  const named = getNamedType(type);
  if (isAbstractType(named)) {
    // Nothing is an object of an interface that no type of the service implements.
    return schema.getPossibleTypes(named).length === 0 ? null : { __typename: typeOf(path, schema.getPossibleTypes(named)), $id: path };
  }

  if (isObjectType(named)) {
    return { __typename: named.name, $id: path };
  }

  if (isEnumType(named)) {
    return named.getValues()[hash(path) % named.getValues().length].name;
  }

  switch (named.name) {
    case 'ID':
      return name === 'id' ? id : `${name}:${id}`;
    case 'Int':
      return hash(path) % 1000;
    case 'Float':
      return (hash(path) % 1000) / 10;
    case 'Boolean':
      return hash(path) % 2 === 0;
    default:
      // "<" is in a path that required fields are part of: the answer shows that they arrived.
      return path.includes('<') ? path : `${name}:${id}`;
  }
}

function typeOf(id, possible) {
  return possible[hash(id) % possible.length].name;
}

function hash(text) {
  let result = 2166136261;
  for (const char of text) {
    result = Math.imul(result ^ char.codePointAt(0), 16777619) >>> 0;
  }

  return result >>> 3;
}
