import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Precondition } from '../../storage/engine/precondition.js';

/**
 * Returns the digest of a state. A strong ETag of something mutable names the bytes and, after a dot, the state they
 * show. So a tag of any representation (JSON, a page, another language, an envelope) identifies the state that a change
 * is meant for.
 */
export const digestState = (state: unknown): string => digest(JSON.stringify(state));

export const formatEtag = (content: string | Buffer, state?: string): string =>
  `"${digest(content)}${state === undefined ? '' : `.${state}`}"`;

const digest = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('base64url').slice(0, 22);

/** For OpenAPI. */
export const IfMatchHeadersSchema = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      description:
        'One or more `ETag` values from reading the resource in any representation. If it was changed since, nothing is done ' +
        'and the response is 412.',
    }),
  ),
});
export const ETAG_HEADER = { ETag: Type.Optional(Type.String()) };
export const PRECONDITION_PROBLEM = {
  412: 'The resource was changed since it was read: `If-Match` does not contain its current `ETag`.',
};

/** Builds the precondition that a store asks within its own transaction. */
export function buildPrecondition<T>(
  request: FastifyRequest,
  state: (one: T) => unknown,
): Precondition<T> | undefined {
  const matches = parseIfMatch(request);
  return matches && ((one) => matches(digestState(state(one))));
}

/**
 * Returns a check whether a state is among those that the client named (RFC 9110 13.1.1); `undefined` if it named none.
 * The store calls it within the transaction of the change, so that no other change comes between.
 */
export function parseIfMatch({ headers }: FastifyRequest): ((state: string) => boolean) | undefined {
  const given = headers['if-match'];
  if (given === undefined) return undefined;
  if (given.trim() === '*') return () => true;
  // Weak tags never match here.
  const states = [...given.matchAll(/(?<!W\/)"[\w-]{22}\.([\w-]{22})"/g)].map(([, state]) => state);
  return (state) => states.includes(state);
}

/** ETag of a list element that has no address of its own. */
export const ETAG_MEMBER = {
  etag: Type.Optional(Type.String({ description: '`ETag` of this resource, for `If-Match`.' })),
};

export const addEtag = <T extends object>(body: T, state: unknown): T & { etag: string } => ({
  ...body,
  etag: formatEtag(JSON.stringify(body), digestState(state)),
});

/** Sends JSON with its ETag, for mutable objects. */
export function sendWithState(reply: FastifyReply, body: unknown, state: unknown): FastifyReply {
  return reply.header('etag', formatEtag(JSON.stringify(body), digestState(state))).send(body);
}
