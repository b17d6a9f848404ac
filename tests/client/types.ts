// What the types of the client promise who builds a screen; `tsc` proves it, nothing here is run.

import { type Answer, createClient } from '../../docs/client/src/client.ts';
import { type FieldCode, errorsAt } from '../../docs/client/src/errors.ts';
import {
  type EigendomQuery,
  EigendomDocument,
  type MijnOverzichtQuery,
  MijnOverzichtDocument,
  PersoonsbeeldDocument,
  type ProductStatus,
  type RolBijZaakFragment,
  TypedDocumentString,
} from '../../docs/client/src/generated.ts';

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only where the two types are one. */
declare function same<A, B>(equal: Equal<A, B>): void;

const client = createClient({ endpoint: '/graphql', token: () => 'een token' });

// The result belongs to the operation; so do its variables, with scalars as what JSON has for them.
const answer = await client.ask(MijnOverzichtDocument, {});
same<typeof answer, Answer<MijnOverzichtQuery>>(true);

// @ts-expect-error  of another operation
same<typeof answer, Answer<EigendomQuery>>(true);
// @ts-expect-error  the variables are needed
client.ask(PersoonsbeeldDocument);
// @ts-expect-error  a Bsn is a text: its zeros count
client.ask(PersoonsbeeldDocument, { bsn: 999900018 });
// @ts-expect-error  there is no such variable
client.ask(PersoonsbeeldDocument, { bsn: '999900018', naam: 'Sanne' });
// @ts-expect-error  nobody is named there: who asks is in the token
client.ask(MijnOverzichtDocument, { bsn: '999900018' });
// @ts-expect-error  any text is not an operation
client.ask('{ __typename }', {});
// @ts-expect-error  there is no such option
client.ask(EigendomDocument, { bsn: '999900018' }, { uitgebreid: true });

declare const plain: TypedDocumentString<{ aantal: number }, Record<string, never>>;
same<Awaited<ReturnType<typeof counted>>, number>(true);
async function counted() {
  return (await client.ask(plain)).data.aantal;
}

// What can be refused, can fail or is not known is null, and so must be looked at.
const { persoon } = answer.data.mijn;
// @ts-expect-error  perhaps there is nobody with this number
persoon.naam;
// @ts-expect-error  a name may be refused
persoon?.naam.volledigeNaam;
// @ts-expect-error  it was not asked
persoon?.leeftijd;

type Zaken = NonNullable<MijnOverzichtQuery['mijn']['zaken']>;
type Zaak = Zaken['edges'][number]['node'];
same<Zaak['omschrijving'], string | null>(true);
same<Zaak['uuid'], string>(true);
same<Zaak['startdatum'], string>(true);
same<Zaak['einddatum'], string | null>(true);

// An enum is a union of texts.
const status: ProductStatus = 'ACTIEF';
// @ts-expect-error  no status of a product
const wrong: ProductStatus = 'actief';

// `__typename` tells the kinds of an interface apart, and each has its own fields.
function who(rol: RolBijZaakFragment): string | null | undefined {
  // @ts-expect-error  only some kinds of rol have a persoon
  rol.persoon;
  switch (rol.__typename) {
    case 'RolNatuurlijkPersoon':
      return rol.persoon?.naam?.volledigeNaam;
    case 'RolNietNatuurlijkPersoon':
      // @ts-expect-error  a company has no personal name
      rol.persoon;
      return rol.bedrijf?.naam;
    // @ts-expect-error  there is no such kind
    case 'RolOnbekend':
      return null;
    default:
      return rol.omschrijving;
  }
}

// An error has a code that is known, and says where it is.
const [error] = errorsAt(answer.errors, ['mijn', 'zaken']);
same<typeof error, (typeof answer.errors)[number] | undefined>(true);
const code: FieldCode | undefined = error?.extensions.code;
// @ts-expect-error  no code that the gateway has
const unknown: FieldCode = 'BRON_KAPOT';
const partial: boolean | undefined = error?.extensions.gedeeltelijk;

export { code, partial, PersoonsbeeldDocument, status, unknown, who, wrong };
