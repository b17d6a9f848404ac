// A client of the gateway: an operation of ./generated.ts in, its data and what is missing out.
//
// It needs `fetch` and nothing else: a browser of this age, or Node 20.

import type {
  DocumentTypeDecoration,
  ResultOf,
  VariablesOf,
} from '@graphql-typed-document-node/core';

import { type FieldError, NoAnswer, QuestionRefused, type Refusal } from './errors.ts';

/** An operation as codegen makes it: its text, with the types of its result and its variables. */
export type Operation = String & DocumentTypeDecoration<unknown, never>;

export interface Answer<Result> {
  /** What is empty in it is not known, or has an error in `errors` that says why. */
  readonly data: Result;
  readonly errors: readonly FieldError[];
  /** What was asked for besides, such as `herkomst`. */
  readonly extensions: Readonly<Record<string, unknown>>;
}

export interface ClientSettings {
  /** The address of the gateway's /graphql. */
  readonly endpoint: string | URL;
  /** Gives the token of whoever asks, or a promise of it; called for every question. */
  readonly token: () => string | Promise<string>;
  /** Milliseconds that an answer may take; 30000 unless told. */
  readonly timeout?: number;
  /** In the place of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface AskOptions {
  /** Ends the question: `ask` then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Milliseconds that this answer may take. */
  readonly timeout?: number;
  /** Refuse the whole question when one of its fields may not be seen. */
  readonly strikt?: boolean;
  /** Add the calls that were made to the answer's extensions. */
  readonly herkomst?: boolean;
}

/** Variables may be left out where the operation needs none. */
export type Arguments<Variables> = {} extends Variables
  ? [variables?: Variables, options?: AskOptions]
  : [variables: Variables, options?: AskOptions];

export interface Client {
  /**
   * Asks one operation. An answer may be partial: look at `errors` where a field is empty.
   *
   * @throws QuestionRefused  the gateway did not carry it out
   * @throws NoAnswer         no answer of the gateway came
   */
  ask<O extends Operation>(
    operation: O,
    ...rest: Arguments<VariablesOf<O>>
  ): Promise<Answer<ResultOf<O>>>;
}

const ACCEPT = 'application/graphql-response+json, application/json;q=0.9';
const TIMEOUT = 30_000;

export function createClient(settings: ClientSettings): Client {
  return {
    async ask<O extends Operation>(
      operation: O,
      ...[variables, options = {}]: Arguments<VariablesOf<O>>
    ): Promise<Answer<ResultOf<O>>> {
      const { timeout = settings.timeout ?? TIMEOUT, signal, ...extensions } = options;
      const token = await settings.token();
      const late = AbortSignal.timeout(timeout);
      const request: RequestInit = {
        ...requestOf(token, { query: operation.toString(), variables, extensions }),
        signal: signal === undefined ? late : AbortSignal.any([signal, late]),
      };
      let response: Response;
      let text: string;
      try {
        response = await (settings.fetch ?? globalThis.fetch)(settings.endpoint, request);
        text = await response.text();
      } catch (error) {
        signal?.throwIfAborted();
        const what = late.aborted ? 'antwoordde niet op tijd' : 'is niet bereikbaar';
        throw new NoAnswer(`De gateway ${what}.`, null, { cause: error });
      }
      return answerOf<ResultOf<O>>(response, contentOf(text));
    },
  };
}

/** A question as GraphQL over HTTP has it; what is asked never stands in the address. */
function requestOf(token: string, content: object): RequestInit {
  return {
    method: 'POST',
    headers: {
      Accept: ACCEPT,
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(content),
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
  };
}

interface Content {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** An answer's JSON; nothing where it is none, or no GraphQL. */
function contentOf(text: string): Content {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === 'object' && content !== null ? content : {};
  } catch {
    return {};
  }
}

function answerOf<Result>(response: Response, content: Content): Answer<Result> {
  const { data, errors = [], extensions = {} } = content;
  if (data !== undefined && data !== null) {
    return { data: data as Result, errors: errors as readonly FieldError[], extensions };
  }
  const { status } = response;
  if (errors.length === 0) {
    throw new NoAnswer(`Met status ${status} kwam er geen antwoord van de gateway.`, status);
  }
  const retryAfter = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  throw new QuestionRefused(
    status,
    errors as readonly Refusal[],
    Number.isNaN(retryAfter) ? null : retryAfter,
  );
}
