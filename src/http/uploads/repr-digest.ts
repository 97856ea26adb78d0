import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { message } from '../../i18n/message.js';
import { badField, Problem } from '../contract/problems/problem.js';
import { hasRawBody } from './raw-types.js';

/** For OpenAPI. */
export const ReprDigestHeadersSchema = Type.Object({
  'Repr-Digest': Type.Optional(
    Type.String({
      description:
        'Digest of a file that is the whole body (RFC 9530): `sha-256=:…:`. The server compares the received bytes with it; if they differ, ' +
        'nothing is inspected (`digest-mismatch`). Other algorithms are ignored.',
    }),
  ),
});

const SHA_256 = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):\s*(?:,|$)/;

/**
 * Returns the SHA-256 that the client sent, in hexadecimal; `undefined` if it sent none. Called before the body is
 * read.
 */
export function parseDigest({ headers }: FastifyRequest): string | undefined {
  const given = headers['repr-digest'];
  if (given === undefined) return undefined;
  const text = String(given);
  const [, digest] = SHA_256.exec(text) ?? [];
  if (digest !== undefined) return Buffer.from(digest, 'base64').toString('hex');
  // A header that names sha-256 in another form was meant to be checked, so it is refused rather than ignored.
  if (/sha-256/i.test(text)) throw badField('Repr-Digest', message('problem.field.digest'));
  return undefined;
}

/** Refuses the header on other bodies: the client would believe that it was checked. */
export function assertDigestAllowed(request: FastifyRequest): void {
  if (request.headers['repr-digest'] === undefined) return;
  if (!hasRawBody(request)) throw badField('Repr-Digest', message('problem.field.digestOfBody'));
  parseDigest(request);
}

/** Throws `Problem` if the received bytes do not have the digest that the client sent. */
export function assertDigest(given: string | undefined, sha256: string): void {
  if (given !== undefined && given !== sha256) throw new Problem('digest-mismatch');
}
