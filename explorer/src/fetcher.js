// GraphQL over HTTP, as the gateway speaks it: POST, JSON, a bearer token, no cookies.
import { parse } from 'graphql';

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

/**
 * @param endpoint  address of the GraphQL endpoint
 * @param session   from `openSession`
 * @param optionsOf gives the headers of the options that are on; introspection goes without them
 */
export function createFetcher(endpoint, session, optionsOf) {
  async function post(params, headers) {
    return fetch(endpoint, {
      method: 'POST',
      headers: {
        ...headers,
        ...(await session.authorization()),
        'Content-Type': 'application/json',
        Accept: ACCEPT,
      },
      body: JSON.stringify(withoutStaleName(params)),
      cache: 'no-store',
      credentials: 'omit',
    });
  }

  return async (params, { headers = {} } = {}) => {
    const introspection = params.operationName === 'IntrospectionQuery';
    const all = introspection ? headers : { ...headers, ...optionsOf() };
    let response = await post(params, all);
    if (response.status === 401) {
      session.forget();
      response = await post(params, all);
    }
    return readAnswer(response);
  };
}
