import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { said } from '../say/said.js';
import { badField, Problem } from './problem.js';
import { isRaw } from './raw-types.js';

/** For OpenAPI. */
export const ReprDigestHeadersSchema = Type.Object({
  'Repr-Digest': Type.Optional(
    Type.String({
      description:
        'RFC 9530, of a file that is the whole body: `sha-256=:…:`. What has arrived is held against it; where it differs, ' +
        'nothing is inspected (`digest-mismatch`). Other algorithms are left aside.',
    }),
  ),
});

const SHA_256 = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):\s*(?:,|$)/;

/** The SHA-256 that the client gives, in hexadecimal; undefined where it gives none. Asked before the body is read. */
export function givenDigest({ headers }: FastifyRequest): string | undefined {
  const given = headers['repr-digest'];
  if (given === undefined) return undefined;
  const text = String(given);
  const [, digest] = SHA_256.exec(text) ?? [];
  if (digest !== undefined) return Buffer.from(digest, 'base64').toString('hex');
  // One that has the name and no such form was meant to be checked.
  if (/sha-256/i.test(text)) throw badField('Repr-Digest', said('problem.field.digest'));
  return undefined;
}

/** What goes with another body would be believed to be checked, and is not. */
export function checkDigestHeader(request: FastifyRequest): void {
  if (request.headers['repr-digest'] === undefined) return;
  if (!isRaw(request)) throw badField('Repr-Digest', said('problem.field.digestOfBody'));
  givenDigest(request);
}

/** What has arrived against what the client says it sent. */
export function checkDigest(given: string | undefined, sha256: string): void {
  if (given !== undefined && given !== sha256) throw new Problem('digest-mismatch');
}
