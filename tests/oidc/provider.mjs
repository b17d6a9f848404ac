// A real OpenID provider on the loopback address, for the tests beside this file.
//
//   node provider.mjs <port, 0 for any> <file with the private JWKS>
//
// Prints one line of JSON when it serves. On `GET /_asked` it tells how often each address was
// asked for, which no OpenID provider does; all else is oidc-provider's own.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { Provider } from 'oidc-provider';

const [port, keys] = process.argv.slice(2);
const API = 'https://bronpoort.test';
const ALGORITHM = 'PS256';

/** What the accounts and clients of this provider are, beyond what OAuth knows of them. */
const CLAIMS = {
  nachttaken: { soort: 'systeem', doelbinding: ['klantcontact', 'belastingen'] },
  elders: { soort: 'systeem', doelbinding: 'klantcontact' },
  'm-17': {
    soort: 'medewerker',
    name: 'T. Toetser',
    realm_access: { roles: ['offline_access', 'kcc'] },
  },
  'i-18': {
    soort: 'burger',
    doelbinding: 'mijn-gegevens',
    bsn: '999900018',
    acr: 'urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract',
  },
};

function machine(id) {
  return {
    client_id: id,
    client_secret: `geheim-van-${id}`,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  };
}

const configuration = {
  clients: [
    machine('nachttaken'),
    machine('elders'),
    {
      client_id: 'werkplek',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: ['http://127.0.0.1/terug'],
      application_type: 'native',
    },
  ],
  jwks: JSON.parse(readFileSync(keys)),
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  extraTokenClaims: (_context, token) => ({
    gemeente: '0999',
    azp: token.clientId,
    ...CLAIMS[token.accountId ?? token.clientId],
  }),
  clientDefaults: { id_token_signed_response_alg: ALGORITHM },
  enabledJWA: { idTokenSigningAlgValues: [ALGORITHM] },
  pkce: { required: () => true },
  cookies: { keys: ['alleen-voor-toetsen'] },
  ttl: { Interaction: 60, Session: 60, Grant: 60, IdToken: 60 },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: (context) => context.oidc.params?.resource ?? API,
      useGrantedResource: () => true,
      getResourceServerInfo: (_context, audience) => ({
        audience,
        scope: '',
        accessTokenTTL: 300,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: ALGORITHM } },
      }),
    },
  },
};

const server = createServer();
server.listen(Number(port), '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const answer = new Provider(issuer, configuration).callback();
  const asked = {};
  server.on('request', (request, response) => {
    if (request.url === '/_asked') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(asked));
      return;
    }
    const path = request.url.split('?')[0];
    asked[path] = (asked[path] ?? 0) + 1;
    answer(request, response);
  });
  console.log(JSON.stringify({ issuer }));
});
