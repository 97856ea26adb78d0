import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Holds } from '../store/holds.js';

/**
 * Of what can be changed, a strong ETag names the bytes and, behind a dot, the state it was given in. So a tag from any form of
 * it (JSON, a page, another language, an envelope) says which state a change is meant for.
 */
export const stateOf = (state: unknown): string => digest(JSON.stringify(state));

export const taggedOf = (content: string | Buffer, state?: string): string =>
  `"${digest(content)}${state === undefined ? '' : `.${state}`}"`;

const digest = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('base64url').slice(0, 22);

/** For OpenAPI. */
export const IfMatchHeadersSchema = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      description:
        'An `ETag` that a read of it gave, in whichever form, or several. Where it was changed meanwhile, nothing is done ' +
        'and the answer is 412.',
    }),
  ),
});
export const ETAG_HEADER = { ETag: Type.Optional(Type.String()) };
export const PRECONDITION_PROBLEM = {
  412: 'It was changed since it was read: `If-Match` names none of now.',
};

/** Builds the precondition that a store asks within its own transaction. */
export function ifMatchOf<T>(request: FastifyRequest, state: (one: T) => unknown): Holds<T> | undefined {
  const matches = ifMatch(request);
  return matches && ((one) => matches(stateOf(state(one))));
}

/**
 * Whether what is changed is in a state that the client named (RFC 9110 13.1.1); undefined where it names none. Asked within
 * the change itself, so that nobody comes between.
 */
export function ifMatch({ headers }: FastifyRequest): ((state: string) => boolean) | undefined {
  const given = headers['if-match'];
  if (given === undefined) return undefined;
  if (given.trim() === '*') return () => true;
  // Weak ones match nothing here.
  const states = [...given.matchAll(/(?<!W\/)"[\w-]{22}\.([\w-]{22})"/g)].map(([, state]) => state);
  return (state) => states.includes(state);
}

/** One of a list that has no address to be read at. */
export const ETAG_MEMBER = {
  etag: Type.Optional(Type.String({ description: 'Its `ETag`, for `If-Match`.' })),
};

export const withTag = <T extends object>(body: T, state: unknown): T & { etag: string } => ({
  ...body,
  etag: taggedOf(JSON.stringify(body), stateOf(state)),
});

/** JSON with its tag, for what can be changed. */
export function sendWithState(reply: FastifyReply, body: unknown, state: unknown): FastifyReply {
  return reply.header('etag', taggedOf(JSON.stringify(body), stateOf(state))).send(body);
}
