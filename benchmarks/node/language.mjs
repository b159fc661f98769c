// graphql-js as the other side of `language`: reads one request a line, answers one line. Requests:
//   {"method":"load","documents":{NAME:TEXT},"schemas":{NAME:SDL}} -> {"graphql":VERSION,"node":VERSION,"tokens":{NAME:N}}
//   {"method":"run","task":"parse|validate|all","document":NAME,"schema":NAME,"milliseconds":N} -> {"nanoseconds":...,"runs":N,"errors":N}
import { createInterface } from 'node:readline';
import { buildSchema, Lexer, parse, Source, TokenKind, validate, version } from 'graphql';

const texts = new Map();
const trees = new Map();
const schemas = new Map();
let sink;

const tasks = {
  parse: (document) => {
    const text = texts.get(document);
    return () => parse(text);
  },
  validate: (document, schema) => {
    const tree = trees.get(document) ?? parse(texts.get(document));
    trees.set(document, tree);
    return () => validate(schemas.get(schema), tree);
  },
  // There is no normal form here: the fields are collected anew by each execution.
  all: (document, schema) => {
    const text = texts.get(document);
    return () => validate(schemas.get(schema), parse(text));
  },
};

function countTokens(text) {
  const lexer = new Lexer(new Source(text));
  let count = 0;
  while (lexer.advance().kind !== TokenKind.EOF) {
    count++;
  }
  return count;
}

const methods = {
  load({ documents = {}, schemas: sdls = {} }) {
    Object.entries(documents).forEach(([name, text]) => texts.set(name, text));
    Object.entries(sdls).forEach(([name, sdl]) => schemas.set(name, buildSchema(sdl, { assumeValid: true })));
    const tokens = Object.fromEntries(Object.entries(documents).map(([name, text]) => [name, countTokens(text)]));
    return { graphql: version, node: process.versions.node, tokens };
  },
  run({ task, document, schema, milliseconds }) {
    const operation = tasks[task](document, schema);
    // Processor time, as on the other side (Clock.cs); in microseconds.
    const now = () => {
      const { user, system } = process.cpuUsage();
      return user + system;
    };
    const start = now();
    let runs = 0;
    let batch = 1;
    let elapsed = 0;
    while (elapsed < milliseconds * 1000) {
      for (let i = 0; i < batch; i++) {
        sink = operation();
      }
      runs += batch;
      elapsed = now() - start;
      // The clock is read about once a millisecond.
      batch = Math.max(1, Math.floor((runs * 1000) / Math.max(elapsed, 1)));
    }
    return { nanoseconds: (elapsed * 1000) / runs, runs, errors: Array.isArray(sink) ? sink.length : 0 };
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
