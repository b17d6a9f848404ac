// The screen of an employee of the contact centre, in a few lines: who calls, and what runs.
// After `make run` in the project's folder: npm run voorbeeld [-- http://localhost:8000]

import process from 'node:process';

import { createClient } from './src/client.ts';
import { BronpoortError, NoAnswer, errorsAt } from './src/errors.ts';
import { PersoonsbeeldDocument } from './src/generated.ts';

const gateway = process.argv[2] ?? 'http://localhost:8000';

/** A token of an invented employee. A real application has one from its own identity provider. */
async function token(): Promise<string> {
  const response = await fetch(`${gateway}/graphiql/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ persona: 'kcc' }),
  }).catch((cause: unknown) => {
    const message = `Op ${gateway} antwoordt niets. Draait \`make run\` daar? Kies anders: npm run voorbeeld -- <adres>`;
    throw new NoAnswer(message, null, { cause });
  });
  const given = (await response.json()) as { token: string };
  return given.token;
}

const client = createClient({ endpoint: `${gateway}/graphql`, token });

try {
  const { data, errors } = await client.ask(PersoonsbeeldDocument, { bsn: '999900018' });
  const { persoon } = data;
  console.log(persoon?.naam?.volledigeNaam ?? 'Niemand met dit nummer.');

  if (persoon?.zaken) {
    for (const { node } of persoon.zaken.edges) {
      console.log(`- ${node.omschrijving ?? node.identificatie}, sinds ${node.startdatum}`);
    }
  }
  for (const error of errorsAt(errors, ['persoon', 'zaken'])) {
    const later = error.extensions.opnieuw ? ' Probeer het later nog eens.' : '';
    console.log(`De zaken zijn niet of niet alle te zien. ${error.message}${later}`);
  }
} catch (error) {
  if (!(error instanceof BronpoortError)) throw error;
  console.log(error.message);
}
