// What `npm run codegen` makes: src/generated.ts, with a type for each example operation and for what
// it uses of the schema. For operations of your own, change `documents`.

import type { CodegenConfig } from '@graphql-codegen/cli';

const text = { input: 'string', output: 'string' };
const number = { input: 'number', output: 'number' };
const object = { input: 'Record<string, unknown>', output: 'Record<string, unknown>' };

/** Every scalar of the schema: `strictScalars` refuses one that is not here. */
const scalars = {
  AdresseerbaarObjectId: text,
  Bsn: text,
  Cursor: text,
  Datum: text,
  DatumIncompleet: text,
  Downloadlink: text,
  Duur: text,
  Gemeentecode: text,
  Geometrie: object,
  Huisletter: text,
  Huisnummer: number,
  Huisnummertoevoeging: text,
  Identificatie: text,
  Jaar: text,
  JsonObject: object,
  KadastraalOnroerendeZaakId: text,
  KadastraleAanduiding: text,
  KvkNummer: text,
  NummeraanduidingId: text,
  OpenbareRuimteId: text,
  PandId: text,
  PersoonRef: text,
  Postcode: text,
  Reisdocumentnummer: text,
  Rsin: text,
  Tijdstip: text,
  Uuid: text,
  Vestigingsnummer: text,
  WoonplaatsId: text,
  WozObjectId: text,
  Zoektekst: text,
};

const config: CodegenConfig = {
  schema: '../../schema/schema.graphql',
  documents: '../voorbeelden/*.graphql',
  generates: {
    'src/generated.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        // An operation is sent as text, so the client needs no GraphQL library.
        documentMode: 'string',
        enumType: 'string-literal',
        scalars,
        strictScalars: true,
        useTypeImports: true,
      },
    },
  },
};

export default config;
