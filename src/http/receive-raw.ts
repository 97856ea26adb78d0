import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { said } from '../say/said.js';
import { askedInQuery } from './asked-query.js';
import { boundSaid } from './format-bytes.js';
import { badField, Problem } from './problem.js';
import { RAW_TYPES } from './raw-types.js';
import { type Destination, declared, type Upload } from './receive-upload.js';
import { checkDigest, givenDigest } from './repr-digest.js';
import { whileBodyComes } from './silent-body.js';
import { uploadName } from './upload-name.js';

/** A file that is the whole body, as `curl -T` and storage services send it. What is asked of it stands in the address. */

export const RawQuerySchema = Type.Object({
  name: Type.Optional(
    Type.String({
      maxLength: 1_024,
      description: 'What a file that is the whole body is called; elsewhere the file says its own name.',
    }),
  ),
});

/** Routes of this scope are given such a body as it comes. */
export function readsRaw(scope: FastifyInstance): void {
  scope.addContentTypeParser(RAW_TYPES, (_request, payload, done) => done(null, payload));
}

export async function receiveRaw(request: FastifyRequest, to: Destination): Promise<Upload> {
  const fields = askedInQuery(request, to.services);
  const given = givenDigest(request);
  const { bytes, sha256 } = await whileBodyComes(request, () =>
    to.directory.write(to.path, Readable.from(upTo(to.maxBytes, request.body))),
  );
  if (bytes === 0) throw new Problem('file-empty');
  checkDigest(given, sha256);
  const [type = ''] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const declaredMediaType = declared(type.trim());
  return {
    name: nameOf(request),
    bytes,
    sha256,
    fields,
    others: [],
    ...(declaredMediaType === undefined ? {} : { declaredMediaType }),
  };
}

function nameOf({ url }: FastifyRequest): string {
  const names = new URL(url, 'http://local').searchParams.getAll('name');
  if (names.length > 1) throw badField('name', said('problem.field.once'));
  return uploadName(names[0] ?? '');
}

async function* upTo(most: number, body: unknown): AsyncGenerator<Buffer> {
  if (!(body instanceof Readable)) throw new Problem('file-missing');
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most)
      throw new Problem('too-large', { detail: said('problem.too-large.file', { most: boundSaid(most) }) });
    yield chunk;
  }
}
