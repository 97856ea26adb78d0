import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { message } from '../../i18n/message.js';
import { boundMessage } from '../contract/format-bytes.js';
import { badField, Problem } from '../contract/problems/problem.js';
import { withIdleTimeout } from '../guards/silent-body.js';
import { parseInspectQuery } from '../services/options/inspect-query.js';
import { RAW_TYPES } from './raw-types.js';
import { type Destination, parseDeclaredType, type ReceivedUpload } from './receive-upload.js';
import { assertDigest, parseDigest } from './repr-digest.js';
import { cleanUploadName } from './upload-name.js';

/** Reads a file that is the whole body, as `curl -T` and storage services send it. Its options are in the query. */

export const RawQuerySchema = Type.Object({
  name: Type.Optional(
    Type.String({
      maxLength: 1_024,
      description: 'Name of a file that is the whole body; other uploads state the file name themselves.',
    }),
  ),
});

/** Passes such a body unparsed to the routes of this scope. */
export function registerRawParser(scope: FastifyInstance): void {
  scope.addContentTypeParser(RAW_TYPES, (_request, payload, done) => done(null, payload));
}

export async function receiveRaw(request: FastifyRequest, to: Destination): Promise<ReceivedUpload> {
  const fields = parseInspectQuery(request, to.services);
  const given = parseDigest(request);
  const { bytes, sha256 } = await withIdleTimeout(request, () =>
    to.directory.write(to.path, Readable.from(limitBytes(to.maxBytes, request.body))),
  );
  if (bytes === 0) throw new Problem('file-empty');
  assertDigest(given, sha256);
  const [type = ''] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const declaredMediaType = parseDeclaredType(type.trim());
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
  if (names.length > 1) throw badField('name', message('problem.field.once'));
  return cleanUploadName(names[0] ?? '');
}

async function* limitBytes(maxBytes: number, body: unknown): AsyncGenerator<Buffer> {
  if (!(body instanceof Readable)) throw new Problem('file-missing');
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes)
      throw new Problem('too-large', {
        detail: message('problem.too-large.file', { most: boundMessage(maxBytes) }),
      });
    yield chunk;
  }
}
