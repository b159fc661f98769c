// npm's graphql: the reference for the language, the type system, validation and introspection.
import { version } from 'graphql';

/** The version that the expectations of these tests were made with. */
export function versionOfReference() {
  return version;
}
