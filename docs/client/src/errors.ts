// What can be wrong with an answer: fields that are empty for a reason, or no answer at all.
// The codes are those of docs/foutcodes.md; they do not change.

/** Of a field that is empty, beside the rest of the data. */
export type FieldCode =
  | 'NIET_GEAUTORISEERD'
  | 'NIET_GEVONDEN'
  | 'INVOER'
  | 'CONFIGURATIE'
  | 'BRON_FOUT'
  | 'BRON_ONBEREIKBAAR'
  | 'BRON_TIMEOUT'
  | 'VERWERKING_NIET_VASTGELEGD'
  | 'BUITEN_GEBIED'
  | 'LIMIET'
  | 'QUOTA';

/** Of a question that is not carried out. */
export type RefusalCode =
  | 'NIET_AANGEMELD'
  | 'NIET_GEAUTORISEERD'
  | 'INVOER'
  | 'SYNTAX'
  | 'VALIDATIE'
  | 'LIMIET'
  | 'ONBEKENDE_OPERATIE'
  | 'ALLEEN_LEZEN'
  | 'GEEN_ABONNEMENT'
  | 'NIET_GEREGISTREERD'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'INTROSPECTIE_UIT'
  | 'NIET_GEVONDEN'
  | 'METHODE'
  | 'MEDIATYPE'
  | 'TE_TRAAG'
  | 'QUOTA'
  | 'BESLISPUNT_NIET_BEREIKBAAR'
  | 'DRUKTE'
  | 'INTERNE_FOUT';

export type Path = readonly (string | number)[];

/** Why one field is empty, or holds less than there is. */
export interface FieldError {
  /** Dutch, and safe to show. */
  readonly message: string;
  readonly path: Path;
  readonly extensions: {
    readonly code: FieldCode;
    /** Whether the same question may succeed later. */
    readonly opnieuw: boolean;
    /** The source that failed. */
    readonly bron?: string;
    /** What the doelbinding lacks. */
    readonly label?: string;
    /** Of a list from several sources: the others gave what they have. */
    readonly gedeeltelijk?: boolean;
  };
}

/** One reason why a question is not carried out. */
export interface Refusal {
  /** Dutch, and safe to show. */
  readonly message: string;
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly extensions: {
    readonly code: RefusalCode;
    readonly label?: string;
    readonly pad?: Path;
  };
}

/** There are no data; `opnieuw` says whether the same question may succeed later. */
export abstract class BronpoortError extends Error {
  readonly opnieuw: boolean;

  constructor(message: string, opnieuw: boolean, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.opnieuw = opnieuw;
  }
}

/** The gateway did not carry out the question. */
export class QuestionRefused extends BronpoortError {
  readonly status: number;
  readonly refusals: readonly Refusal[];
  /** Seconds to wait before asking again, where the gateway says so. */
  readonly retryAfter: number | null;

  constructor(status: number, refusals: readonly Refusal[], retryAfter: number | null) {
    super(refusals[0]?.message ?? 'De vraag is niet uitgevoerd.', mayPass(status));
    this.status = status;
    this.refusals = refusals;
    this.retryAfter = retryAfter;
  }

  get code(): RefusalCode | undefined {
    return this.refusals[0]?.extensions.code;
  }
}

/** No answer of the gateway came: no connection, not in time, or something else answered. */
export class NoAnswer extends BronpoortError {
  /** The HTTP status, if there was one. */
  readonly status: number | null;

  constructor(message: string, status: number | null, options?: ErrorOptions) {
    super(message, status === null || mayPass(status), options);
    this.status = status;
  }
}

/** Whether what is wrong may be over when the same is asked later. */
function mayPass(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}

/**
 * Why what stands at a path is empty or not whole: the errors at, above and under it.
 *
 *     errorsAt(errors, ['persoon', 'zaken'])
 */
export function errorsAt(errors: readonly FieldError[], path: Path): readonly FieldError[] {
  return errors.filter((error) => {
    const shared = Math.min(error.path.length, path.length);
    return path.slice(0, shared).every((step, index) => step === error.path[index]);
  });
}
