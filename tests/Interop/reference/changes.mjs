// npm's graphql: what breaks clients between two schemas, and what is dangerous.
import { buildSchema, findBreakingChanges, findDangerousChanges } from 'graphql';

/** For each pair of schemas the changes that graphql-js finds. */
export function compare(pairs) {
  return pairs.map(({ before, after }) => {
    const [old, now] = [buildSchema(before), buildSchema(after)];
    return [
      ...findBreakingChanges(old, now).map((change) => ({ ...change, severity: 'breaking' })),
      ...findDangerousChanges(old, now).map((change) => ({ ...change, severity: 'dangerous' })),
    ];
  });
}
