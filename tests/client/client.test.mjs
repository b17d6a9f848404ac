// What the client sends, and what it makes of every kind of answer: the network is a function.
//
//   CLIENT=FOLDER node --test client.test.mjs      FOLDER holds the compiled src/

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const module = (name) => import(pathToFileURL(join(process.env.CLIENT, `${name}.js`)));
const { createClient } = await module('client');
const { NoAnswer, QuestionRefused, errorsAt } = await module('errors');

const QUESTION = 'query Vraag { aantal }';

/** A client whose network answers this, and the requests that were made. */
function clientOf(answering, settings = {}) {
  const requests = [];
  const fetch = async (address, request) => {
    requests.push({ address, ...request });
    return answering(request);
  };
  const token = () => `token ${requests.length}`;
  return [
    createClient({ endpoint: 'https://gateway.test/graphql', token, fetch, ...settings }),
    requests,
  ];
}

const json = (content, init) => () => new Response(JSON.stringify(content), init);

/** Answers nothing until the question is ended. */
const silent = ({ signal }) =>
  new Promise((_, reject) => {
    if (signal.aborted) return reject(signal.reason);
    // As a socket does: a clock alone does not keep Node running.
    const open = setInterval(() => {}, 60_000);
    signal.addEventListener('abort', () => {
      clearInterval(open);
      reject(signal.reason);
    });
  });

test('a question is a POST, with a fresh token and without cookies', async () => {
  const [client, requests] = clientOf(json({ data: { aantal: 1 } }));

  await client.ask(QUESTION, { bsn: '999900018' }, { strikt: true });
  await client.ask(QUESTION);

  const [first, second] = requests;
  assert.equal(first.address, 'https://gateway.test/graphql');
  assert.equal(first.method, 'POST');
  assert.equal(first.credentials, 'omit');
  assert.equal(first.redirect, 'error');
  assert.equal(first.cache, 'no-store');
  assert.match(first.headers.Accept, /^application\/graphql-response\+json,/);
  assert.deepEqual(JSON.parse(first.body), {
    query: QUESTION,
    variables: { bsn: '999900018' },
    extensions: { strikt: true },
  });
  assert.deepEqual(JSON.parse(second.body), { query: QUESTION, extensions: {} });
  assert.deepEqual(
    requests.map(({ headers }) => headers.Authorization),
    ['Bearer token 0', 'Bearer token 1'],
  );
});

test('data, without errors or beside them', async () => {
  const errors = [
    { message: 'Nee.', path: ['aantal'], extensions: { code: 'LIMIET', opnieuw: false } },
  ];
  const [whole] = clientOf(json({ data: { aantal: 1 } }));
  const [part] = clientOf(json({ data: { aantal: null }, errors, extensions: { herkomst: [] } }));

  assert.deepEqual(await whole.ask(QUESTION), { data: { aantal: 1 }, errors: [], extensions: {} });
  assert.deepEqual(await part.ask(QUESTION), {
    data: { aantal: null },
    errors,
    extensions: { herkomst: [] },
  });
});

test('a refused question says whether and when it may be asked again', async () => {
  const errors = [{ message: 'Te druk.', extensions: { code: 'DRUKTE' } }];
  const busy = { status: 503, headers: { 'Retry-After': '2' } };
  const [client] = clientOf(json({ errors }, busy));
  const [wrong] = clientOf(
    json({ errors: [{ message: 'Nee.', extensions: { code: 'VALIDATIE' } }] }),
  );

  await assert.rejects(client.ask(QUESTION), (error) => {
    assert.ok(error instanceof QuestionRefused);
    const { name, message, code, status, opnieuw, retryAfter } = error;
    assert.deepEqual(
      { name, message, code, status, opnieuw, retryAfter },
      {
        name: 'QuestionRefused',
        message: 'Te druk.',
        code: 'DRUKTE',
        status: 503,
        opnieuw: true,
        retryAfter: 2,
      },
    );
    return true;
  });
  await assert.rejects(wrong.ask(QUESTION), {
    code: 'VALIDATIE',
    status: 200,
    opnieuw: false,
    retryAfter: null,
  });
});

for (const [what, answering, opnieuw] of [
  ['a page of a proxy', () => new Response('<html>', { status: 502 }), true],
  ['a page of another site', () => new Response('<html>', { status: 200 }), false],
  ['JSON that is no GraphQL', json({ hallo: 'wereld' }), false],
  ['JSON that is no object', json(null), false],
]) {
  test(`${what} is no answer`, async () => {
    const [client] = clientOf(answering);

    await assert.rejects(client.ask(QUESTION), (error) => {
      assert.ok(error instanceof NoAnswer);
      assert.equal(error.opnieuw, opnieuw);
      return true;
    });
  });
}

test('no connection is no answer', async () => {
  const cause = new TypeError('fetch failed');
  const [client] = clientOf(() => Promise.reject(cause));

  await assert.rejects(client.ask(QUESTION), {
    name: 'NoAnswer',
    status: null,
    opnieuw: true,
    cause,
  });
});

test('an answer that breaks off is no answer', async () => {
  const broken = new ReadableStream({
    start: (stream) => stream.error(new TypeError('terminated')),
  });
  const [client] = clientOf(() => new Response(broken));

  await assert.rejects(client.ask(QUESTION), { name: 'NoAnswer', opnieuw: true });
});

test('an answer that takes too long is no answer', async () => {
  const late = { name: 'NoAnswer', message: 'De gateway antwoordde niet op tijd.', opnieuw: true };
  const [client] = clientOf(silent);
  const [hasty] = clientOf(silent, { timeout: 1 });

  await assert.rejects(client.ask(QUESTION, {}, { timeout: 1 }), late);
  await assert.rejects(hasty.ask(QUESTION), late);
});

test('who ends a question sees the own reason', async () => {
  const [client] = clientOf(silent);
  const ending = new AbortController();
  const reason = new Error('het scherm is weg');

  const asked = client.ask(QUESTION, {}, { signal: ending.signal });
  ending.abort(reason);

  await assert.rejects(asked, reason);
});

test('a token that cannot be had is not the fault of the gateway', async () => {
  const reason = new Error('niet ingelogd');
  const [client, requests] = clientOf(json({ data: {} }), { token: () => Promise.reject(reason) });

  await assert.rejects(client.ask(QUESTION), reason);
  assert.equal(requests.length, 0);
});

test('the errors of a field stand at, above or under it', () => {
  const at = (...path) => ({ message: '', path, extensions: {} });
  const errors = [
    at('persoon', 'zaken'),
    at('persoon', 'naam'),
    at('persoon', 'zaken', 'edges', 0),
    at('persoon'),
  ];

  assert.deepEqual(errorsAt(errors, ['persoon', 'zaken']), [errors[0], errors[2], errors[3]]);
  assert.deepEqual(errorsAt(errors, ['adres']), []);
  assert.deepEqual(errorsAt(errors, []), errors);
});
