import type { Operations } from './api.js';

export type OperationId = keyof Operations;

/** Input of an operation: the parts of its description, and how it is sent. */
export type Ask<Id extends OperationId> = Omit<Operations[Id], 'answers'>;

/** Union of the described answers by status; `A` is the requested media type. */
export type Answer<Id extends OperationId, A extends string = 'application/json'> = {
  [Status in keyof Operations[Id]['answers']]: {
    status: Status extends `${infer Code extends number}` ? Code : never;
    headers: Headers;
    body: BodyOf<Operations[Id]['answers'][Status], A>;
  };
}[keyof Operations[Id]['answers']];

/** If the requested form is not offered, the operation has only one form. */
type BodyOf<Forms, A extends string> = keyof Forms extends never
  ? undefined
  : A extends keyof Forms
    ? Forms[A]
    : Forms[keyof Forms];

/** The argument is optional if the operation requires nothing. */
export type Arguments<Id extends OperationId, A extends string> =
  Record<never, never> extends Ask<Id> ? [ask?: Ask<Id>, how?: How<A>] : [ask: Ask<Id>, how?: How<A>];

export interface How<A extends string = string> {
  /** Media type. Default: JSON if offered. */
  accept?: A;
  /** Further headers, such as `Prefer`. */
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

/** Calls operations of the API by their ids. */
export interface Caller {
  call<Id extends OperationId, A extends string = 'application/json'>(
    id: Id,
    ...args: Arguments<Id, A>
  ): Promise<Answer<Id, A>>;
  /** Returns the raw response, for bodies that are too large to buffer. */
  open<Id extends OperationId>(id: Id, ask: Ask<Id>, signal?: AbortSignal): Promise<Response>;
}
