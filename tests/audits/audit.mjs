// Runs the audits of npm graphql-http against a server and prints what became of each, as JSON.
//
//   node audit.mjs URL [AUTHORIZATION]
//
// Prints [{"id", "name", "status": "ok" | "notice" | "warn" | "error", "reason"}]; a failed MUST is
// an error, a failed SHOULD a warning, a failed MAY a notice. Exits 1 only if it could not run.

import { serverAudits } from 'graphql-http';

const [url, authorization] = process.argv.slice(2);
if (!url) throw new Error('usage: node audit.mjs URL [AUTHORIZATION]');

function fetchFn(address, init = {}) {
  const headers = new Headers(init.headers);
  if (authorization) headers.set('authorization', authorization);
  return fetch(address, { ...init, headers });
}

const results = [];
for (const { id, name, fn } of serverAudits({ url, fetchFn })) {
  const { status, reason = null } = await fn();
  results.push({ id, name, status, reason });
}
console.log(JSON.stringify(results));
