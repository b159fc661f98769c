// A reference implementation behind a pipe: one JSON request per line in, one JSON answer per line out, in the same order.
//   node reference/worker.mjs MODULE
// MODULE.mjs beside this file exports functions; a request is {"method": NAME, "params": VALUE}, an answer {"result": VALUE}
// or, where the function threw, {"failure": TEXT}. It ends when its input does.
import { createInterface } from 'node:readline';

const methods = await import(`./${process.argv[2]}.mjs`);

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  let answer;
  try {
    const { method, params } = JSON.parse(line);
    answer = { result: (await methods[method](params)) ?? null };
  } catch (error) {
    answer = { failure: String(error?.stack ?? error) };
  }

  process.stdout.write(JSON.stringify(answer) + '\n');
}
