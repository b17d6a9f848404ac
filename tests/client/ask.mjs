// Asks questions with the compiled client, and prints what became of each, as JSON.
//
//   node ask.mjs FOLDER < questions.json
//
// FOLDER holds the compiled src/; a question is {"operation", "variables", "options", "endpoint",
// "token", "path"?}. Prints [{"data", "errors", "at", "extensions"}] or, where the client threw,
// [{"thrown": {"name", "message", "opnieuw", "status", "code"?, "retryAfter"?}}].

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const module = (name) => import(pathToFileURL(join(process.argv[2], `${name}.js`)));
const { createClient } = await module('client');
const { errorsAt } = await module('errors');
const operations = await module('generated');

async function outcome({ operation, variables, options, endpoint, token, path = [] }) {
  const client = createClient({ endpoint, token: async () => token });
  try {
    const answer = await client.ask(operations[`${operation}Document`], variables, options);
    return { ...answer, at: errorsAt(answer.errors, path) };
  } catch (error) {
    const { name, message, opnieuw, status, code, retryAfter } = error;
    return { thrown: { name, message, opnieuw, status, code, retryAfter } };
  }
}

const outcomes = [];
for (const question of JSON.parse(readFileSync(0, 'utf8'))) outcomes.push(await outcome(question));
console.log(JSON.stringify(outcomes));
