// npm's graphql as the reference for execution: the same schema, and resolvers that are the same pure function of type, field, arguments and
// parent as ../Server/World.cs. Change one and you change the other.
import { buildSchema, execute, GraphQLError, isEnumType, isListType, isNonNullType, isObjectType, isScalarType, parse, validate } from 'graphql';

const schemas = new Map();

// Where an item of a list throws at once, graphql-js lets go of the promises of the items before it; Node would end for it.
process.on('unhandledRejection', () => {});

/** Runs each case; params: {sdl, isAsync, cases: [{query, variables, operationName}]}; gives [{data, errors, log}], data as JSON text. */
export async function run({ sdl, isAsync, cases }) {
  const schema = schemaOf(sdl);
  const answers = [];
  for (const { query, variables, operationName } of cases) {
    const document = parse(query);
    const invalid = validate(schema, document);
    if (invalid.length > 0) {
      answers.push({ data: null, errors: invalid.map(({ message, locations }) => ({ message, locations })), log: '' });
      continue;
    }

    const log = [];
    const result = await execute({ schema, document, variableValues: variables, operationName, contextValue: { log, isAsync } });
    answers.push({
      data: 'data' in result ? JSON.stringify(result.data) : null,
      errors: (result.errors ?? []).map(({ message, locations, path }) => ({ message: withoutAdvice(message), locations, path })),
      log: log.filter((key, i) => key !== log[i - 1]).join(),
    });
  }

  return answers;
}

/** The half of the message that speaks of JavaScript functions. */
function withoutAdvice(message) {
  return message.replace(/ Either the "[^"]*" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function\.$/, '');
}

function schemaOf(sdl) {
  if (!schemas.has(sdl)) {
    const schema = buildSchema(sdl);
    bind(schema);
    schemas.set(sdl, schema);
  }

  return schemas.get(sdl);
}

function bind(schema) {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) && !type.name.startsWith('__')) {
      for (const field of Object.values(type.getFields())) {
        field.resolve = (source, args, context, info) => resolve(schema, type, field, source, args, context, info);
      }
    }
  }

  const even = schema.getType('Even');
  const isEven = (value) => typeof value === 'number' && Number.isInteger(value) && value % 2 === 0;
  const toEven = (value) => {
    if (!isEven(value)) {
      throw new GraphQLError('Even cannot represent an odd value.');
    }

    return value;
  };
  even.parseValue = toEven;
  even.serialize = toEven;
  even.parseLiteral = (node) => {
    // An error that is no GraphQLError gets the literal and its place from validation.
    if (node.kind !== 'IntValue' || !isEven(Number(node.value))) {
      throw new Error('Even cannot represent an odd value.');
    }

    return Number(node.value);
  };
  schema.getType('Blank').serialize = () => null;
}

function resolve(schema, type, field, source, args, context, info) {
  let root = info.path;
  while (root.prev) {
    root = root.prev;
  }

  context.log.push(root.key);
  const random = new Random(hash(`${source?.seed ?? 0}/${type.name}.${field.name}(${canonical(args)})`));
  const isLater = context.isAsync && random.next(3) === 0;
  const value = () => {
    if (random.next(100) < 4) {
      throw new GraphQLError(`boom ${random.next(10)}`);
    }

    return field.name.startsWith('echo') ? canonical(args) : make(schema, field.type, random, context.isAsync);
  };
  return isLater ? new Promise((done) => setImmediate(done)).then(value) : value();
}

const WRONG = ['abc', '', '7', '1.5', '1e3', ' 5 ', '1,000', true, false, 1.5, 2147483648, -2147483649, NaN, Infinity, [1], { a: 1 }];

function make(schema, type, random, isAsync) {
  if (isNonNullType(type)) {
    return random.next(100) < 3 ? null : makeNullable(schema, type.ofType, random, isAsync);
  }

  return random.next(100) < 8 ? null : makeNullable(schema, type, random, isAsync);
}

function makeNullable(schema, type, random, isAsync) {
  if (isListType(type)) {
    return makeList(schema, type.ofType, random, isAsync);
  }

  if (isScalarType(type)) {
    return type.name !== 'Json' && random.next(100) < 20 ? WRONG[random.next(WRONG.length)] : makeScalar(type.name, random);
  }

  if (isEnumType(type)) {
    const chance = random.next(100);
    return chance < 6 ? 'NOPE' : chance < 8 ? 5 : type.getValues()[random.next(type.getValues().length)].name;
  }

  if (isObjectType(type)) {
    return random.next(100) < 2 ? 'just text' : { __typename: type.name, seed: random.next(1000000) };
  }

  return makeAbstract(schema, type, random);
}

function makeList(schema, itemType, random, isAsync) {
  const chance = random.next(100);
  if (chance < 3) {
    return chance === 0 ? 'not a list' : chance === 1 ? 5 : { seed: 1 };
  }

  const items = [];
  for (let count = random.next(4); count > 0; count--) {
    if (isAsync && random.next(5) === 0) {
      const own = new Random(random.next(1000000));
      items.push(new Promise((done) => setImmediate(done)).then(() => {
        if (own.next(100) < 10) {
          throw new GraphQLError('late boom');
        }

        return make(schema, itemType, own, isAsync);
      }));
    } else {
      items.push(make(schema, itemType, random, isAsync));
    }
  }

  return items;
}

function makeScalar(name, random) {
  switch (name) {
    case 'Int': return random.next(2000) - 1000;
    case 'Float': return (random.next(8000) - 4000) / 8;
    case 'String': return ['plain', 'quote " and \\', 'line\nbreak\ttab', 'é\u2028ü', '😀', ''][random.next(6)];
    case 'Boolean': return random.next(2) === 1;
    case 'ID': return random.next(2) === 0 ? `id${random.next(100)}` : random.next(100);
    case 'Even': return random.next(100) < 90 ? random.next(50) * 2 : 3;
    case 'Blank': return 'blank';
    default: return { list: [1, 'two', null, true], nested: { n: random.next(10) } };
  }
}

function makeAbstract(schema, type, random) {
  const seed = random.next(1000000);
  switch (random.next(30)) {
    case 0: return { seed };
    case 1: return { __typename: 'Nowhere', seed };
    case 2: return { __typename: 'E0', seed };
    case 3: return { __typename: 'Query', seed };
    case 4: return 'just text';
    case 5: return { __typename: 7, seed };
  }

  const possible = schema.getPossibleTypes(type).map(({ name }) => name).sort();
  return { __typename: possible[random.next(possible.length)], seed };
}

function canonical(value) {
  if (value === null || value === undefined) {
    return 'null';
  }

  if (Array.isArray(value)) {
    return `[${value.map(canonical).join()}]`;
  }

  return typeof value === 'object' ? `{${Object.keys(value).map((key) => `${key}:${canonical(value[key])}`).join()}}` : String(value);
}

/** FNV-1a over UTF-16 code units. */
function hash(text) {
  let value = 2166136261;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 16777619) >>> 0;
  }

  return value;
}

/** Mulberry32. */
class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  next(limit) {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1) >>> 0;
    t = (t ^ (t + Math.imul(t ^ (t >>> 7), t | 61))) >>> 0;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  }
}
