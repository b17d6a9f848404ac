// GraphQL over HTTP, as the gateway speaks it: POST, JSON, a bearer token, no cookies.
import { getOperationAST, parse } from 'graphql';

import { answersOf } from './events.js';

const ACCEPT = 'application/graphql-response+json, application/json;q=0.9';

async function readAnswer(response) {
  try {
    return await response.json();
  } catch {
    return {
      errors: [{ message: `De gateway antwoordde met status ${response.status}, zonder JSON.` }],
    };
  }
}

/** GraphiQL names the operation of a moment ago while the editor still reads a new document. */
function withoutStaleName(params) {
  if (!params.operationName) return params;
  try {
    const names = parse(params.query).definitions.map(({ name }) => name?.value);
    return names.includes(params.operationName) ? params : { ...params, operationName: null };
  } catch {
    return params;
  }
}

function isSubscription({ query, operationName }) {
  try {
    return getOperationAST(parse(query), operationName)?.operation === 'subscription';
  } catch {
    return false;
  }
}

/**
 * @param endpoint  address of the GraphQL endpoint
 * @param session   from `openSession`
 * @param optionsOf gives the headers of the options that are on; introspection goes without them
 */
export function createFetcher(endpoint, session, optionsOf) {
  /** With a signal to stop by, the answers are asked for as a stream of events. */
  async function post(params, headers, signal) {
    return fetch(endpoint, {
      method: 'POST',
      headers: {
        ...headers,
        ...(await session.authorization()),
        'Content-Type': 'application/json',
        Accept: signal ? 'text/event-stream' : ACCEPT,
      },
      body: JSON.stringify(params),
      cache: 'no-store',
      credentials: 'omit',
      signal,
    });
  }

  async function ask(params, headers, signal) {
    const response = await post(params, headers, signal);
    if (response.status !== 401) return response;
    session.forget();
    return post(params, headers, signal);
  }

  return async (given, { headers = {} } = {}) => {
    const params = withoutStaleName(given);
    const introspection = params.operationName === 'IntrospectionQuery';
    const all = introspection ? headers : { ...headers, ...optionsOf() };
    if (isSubscription(params)) {
      return answersOf((signal) => ask(params, all, signal), readAnswer);
    }
    return readAnswer(await ask(params, all));
  };
}
