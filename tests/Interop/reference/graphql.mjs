// npm's graphql: the reference for the language, the type system, validation and introspection.
// An error is {message, locations: [[line, column], ...], rule}; the rule is known where a rule of validation reported it.
import { readFileSync } from 'node:fs';
import {
  buildASTSchema,
  buildClientSchema,
  executeSync,
  getIntrospectionQuery,
  lexicographicSortSchema,
  parse,
  parseType,
  parseValue,
  print,
  printSchema,
  specifiedRules,
  validate,
  validateSchema,
  version,
} from 'graphql';
import validation from 'graphql/validation/validate.js';
import sdlRules from 'graphql/validation/specifiedRules.js';

const schemas = new Map();

/** The version that the expectations of these tests were made with. */
export function versionOfReference() {
  return version;
}

/** The SDL of a schema in a package: of an SDL file as it is, of an introspection result as printSchema prints it. */
export function readSchema(path) {
  const text = readFileSync(path, 'utf8');
  return path.endsWith('.json') ? printSchema(buildClientSchema(introspectionOf(JSON.parse(text)))) : text;
}

/**
 * The query that asks introspection for all there is, its answer for valid SDL, and the schema printed. Null where a default value of a
 * custom scalar is an object, which the reference cannot write.
 */
export function introspect({ sdl }) {
  const schema = buildASTSchema(parse(sdl));
  const query = getIntrospectionQuery({
    descriptions: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  });
  const answer = executeSync({ schema, document: parse(query) });
  if (answer.errors?.some((error) => error.message.startsWith('Cannot convert value to AST'))) {
    return null;
  }

  return { query, answer, printed: printSchema(schema), sorted: printSchema(lexicographicSortSchema(schema)) };
}

/** Keeps a valid schema under a name, for validateDocuments. */
export function keepSchema({ name, sdl }) {
  schemas.set(name, buildASTSchema(parse(sdl)));
}

/** For each text: the error of its syntax, or what print makes of it. */
export function parseTexts({ kind, texts, maxTokens }) {
  const parser = { document: parse, value: parseValue, type: parseType }[kind];
  const options = maxTokens > 0 ? { maxTokens } : {};
  return texts.map((text) => {
    const { value, errors } = attempt(() => parser(text, options));
    return errors ? { errors } : { printed: print(value) };
  });
}

/** For each document: its errors, of syntax or of validation; `threw` where a rule threw instead of reporting. */
export function validateDocuments({ schema, documents, maxErrors }) {
  const type = schemas.get(schema);
  return documents.map((text) => {
    const { value, errors } = attempt(() => parse(text));
    if (errors) {
      return errors;
    }

    try {
      return validate(type, value, rules(specifiedRules), { maxErrors }).map(toJson);
    } catch (error) {
      return [threw(error)];
    }
  });
}

/** For each text of definitions: its errors, of syntax, else of SDL validation, else of schema validation; `threw` as above. */
export function validateDefinitions({ documents }) {
  return documents.map((text) => {
    const { value, errors } = attempt(() => parse(text));
    if (errors) {
      return errors;
    }

    const sdlErrors = validation.validateSDL(value, null, rules(sdlRules.specifiedSDLRules));
    if (sdlErrors.length > 0) {
      return sdlErrors.map(toJson);
    }

    try {
      return validateSchema(buildASTSchema(value, { assumeValidSDL: true })).map((error) => ({ ...toJson(error), rule: 'schema' }));
    } catch (error) {
      return [threw(error)];
    }
  });
}

/** The names of all rules: each of them must have had something to say. */
export function ruleNames() {
  return {
    documents: specifiedRules.map((rule) => rule.name),
    definitions: sdlRules.specifiedSDLRules.map((rule) => rule.name),
  };
}

// With or without the envelope of a response.
function introspectionOf(json) {
  return json.data ?? json;
}

// Each rule on a context of its own that writes the rule's name on the errors that it reports.
function rules(all) {
  return all.map((rule) => (context) =>
    rule(
      Object.create(context, {
        reportError: {
          value(error) {
            error.extensions.rule = rule.name;
            context.reportError(error);
          },
        },
      }),
    ),
  );
}

function attempt(action) {
  try {
    return { value: action() };
  } catch (error) {
    if (!error.locations) {
      throw error;
    }

    return { errors: [{ ...toJson(error), rule: 'syntax' }] };
  }
}

function threw(error) {
  return { message: error.message, locations: [], rule: 'threw' };
}

function toJson(error) {
  return {
    // A message may quote half a surrogate pair, which is no text.
    message: error.message.toWellFormed(),
    locations: (error.locations ?? []).map(({ line, column }) => [line, column]),
    rule: error.extensions.rule ?? null,
  };
}
