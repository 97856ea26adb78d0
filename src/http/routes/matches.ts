import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { Likenesses } from '../../core/likeness/likeness.js';
import { partyOf } from '../../isolation/party.js';
import { said } from '../../say/said.js';
import { SecretFault } from '../../secrets/secret-keys.js';
import { newInspectionId } from '../../store/inspection-id.js';
import { requireScope, tenantOf } from '../access.js';
import { HashSchema } from '../collection-schemas.js';
import { jsonOnly, readsJson } from '../json-body.js';
import { askedLanguage, askedSpeech, LanguageSchema } from '../language.js';
import { lingerAfterRefusal } from '../linger.js';
import { matchesTold } from '../matches-told.js';
import { ALL_MATCHES, MOST_MATCHES, USUAL_MATCHES } from '../matching.js';
import { harmlessTwice } from '../once.js';
import { NEXT_LINK, nextPage, numberedPageProperties } from '../paging.js';
import { hashGiven } from '../pdq-hash.js';
import { pictureHeaders } from '../picture-headers.js';
import { badField, Problem } from '../problem.js';
import { isRaw } from '../raw-types.js';
import { RawQuerySchema, readsRaw, receiveRaw } from '../receive-raw.js';
import { receiveUpload, refuseByLength } from '../receive-upload.js';
import {
  BAD_QUERY,
  IfNoneMatchHeadersSchema,
  InspectionParamsSchema,
  NOT_MODIFIED,
  problemAnswers,
  type TypeBoxProvider,
  taggedAnswers,
} from '../schemas.js';
import { sendPrivate, sendTagged } from '../send-inspection.js';
import type { Services } from '../services.js';
import { mayReveal, notRevealed } from '../shown.js';
import { ETAG_HEADER } from '../state-tag.js';

const MatchesRef = Type.Ref('Matches#');
const json = { 'application/json': { schema: MatchesRef } };
const tags = ['matches'];

const AskSchema = Type.Object({
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: MOST_MATCHES, description: `Left out: ${USUAL_MATCHES}.` }),
  ),
  ...LanguageSchema.properties,
});

const HashAskSchema = Type.Object(
  { hash: HashSchema, alg: Type.Optional(Type.Literal('pdq')) },
  { additionalProperties: false },
);

const RETRY_AFTER_SECONDS = '1';

/** Kept files that look or sound alike. Beside a Report and never in it; nothing of it is on a link that was shared. */
export function matchRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const { matching, stores } = services;

  app.route({
    method: 'GET',
    url: '/v1/inspections/:id/matches',
    config: requireScope('read'),
    schema: {
      operationId: 'listInspectionMatches',
      tags,
      summary: 'Kept files that look or sound like this one',
      description:
        'As of now: what was kept since answers too. A match is `inferred`, and what the other file declares is its own.',
      params: InspectionParamsSchema,
      headers: IfNoneMatchHeadersSchema,
      querystring: Type.Object({
        ...AskSchema.properties,
        cursor: numberedPageProperties(USUAL_MATCHES, MOST_MATCHES).cursor,
      }),
      response: {
        200: {
          description: 'What was found.',
          headers: {
            ...ETAG_HEADER,
            ...NEXT_LINK,
            'Retry-After': Type.Optional(Type.String({ description: 'Seconds; while `pending`.' })),
          },
          content: json,
        },
        304: NOT_MODIFIED,
        ...problemAnswers({
          ...BAD_QUERY,
          404: 'There is no such report, or no longer.',
          503: 'The search cannot be done just now.',
        }),
      },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const speech = askedSpeech(request);
      const record = await stores.inspections.get(tenantOf(request), id);
      if (record === undefined) throw new Problem('inspection-not-found');
      const { limit = USUAL_MATCHES, cursor = '0' } = request.query;
      const from = Number(cursor);
      if (from + limit > ALL_MATCHES) throw badField('cursor', said('problem.field.cursor'));
      const told = matchesTold(await matching.ofInspection(record, { limit, from }), speech);
      if (told.state === 'pending') reply.header('retry-after', RETRY_AFTER_SECONDS);
      const { schema, ...rest } = told;
      const hasNext = told.more && from + 2 * limit <= ALL_MATCHES;
      const next = nextPage(request, reply, hasNext ? String(from + limit) : undefined);
      const body = JSON.stringify({ schema, inspection: id, ...rest, ...next });
      return sendTagged(request, sendPrivate(reply), 'application/json', body);
    },
  });

  manifestRoute(instance, services);
  instance.register(async (scope) => {
    readsJson(scope);
    readsRaw(scope);
    askRoute(scope, services);
  });

  app.route({
    method: 'GET',
    url: '/v1/fingerprints/:id/preview',
    config: requireScope('read'),
    schema: {
      operationId: 'getFingerprintPreview',
      tags,
      summary: 'A small picture of a file of a scan that matches',
      description: 'Kept by `assay scan --previews`; the address stands in the match.',
      params: Type.Object({ id: Type.String({ pattern: '^[0-9]{1,15}$' }) }),
      headers: IfNoneMatchHeadersSchema,
      response: {
        ...taggedAnswers('The picture.', 'image/webp', Type.String({ format: 'binary' })),
        ...problemAnswers({ 400: 'That is no id.', 404: 'None is kept.' }),
      },
    },
    handler: async (request, reply) => {
      const picture = await matching.preview(tenantOf(request), Number(request.params.id));
      if (picture === undefined) throw new Problem('picture-not-found');
      return sendTagged(request, sendPrivate(pictureHeaders(reply, 'preview')), 'image/webp', picture);
    },
  });
}

/** All personal data of the other file is in it: nobody gets it who may not have such data shown. */
function manifestRoute(instance: FastifyInstance, services: Services): void {
  const { matching } = services;

  instance.withTypeProvider<TypeBoxProvider>().route({
    method: 'GET',
    url: '/v1/fingerprints/:id/manifest',
    config: requireScope('reveal'),
    schema: {
      operationId: 'getFingerprintManifest',
      tags,
      summary: 'The manifest store of a file of a scan that matches, as it stood in that file',
      description: 'Unmasked. It belongs to that file, and says nothing of the one that was asked about.',
      params: Type.Object({ id: Type.String({ pattern: '^[0-9]{1,15}$' }) }),
      response: {
        200: {
          description: 'JUMBF.',
          content: { 'application/c2pa': { schema: Type.String({ format: 'binary' }) } },
        },
        ...problemAnswers({
          400: 'That is no id.',
          404: 'None is kept.',
          409: 'It is kept under a key that is not here.',
        }),
      },
    },
    handler: async (request, reply) => {
      if (!mayReveal(request, services)) throw notRevealed('manifest');
      const id = Number(request.params.id);
      const store = await matching.manifest(tenantOf(request), id).catch((cause: unknown) => {
        if (!(cause instanceof SecretFault)) throw cause;
        throw new Problem('manifest-not-opened', { cause });
      });
      if (store === undefined) throw new Problem('manifest-not-kept');
      return sendPrivate(reply)
        .header('content-disposition', `attachment; filename="assay-${id}.c2pa"`)
        .type('application/c2pa')
        .send(store);
    },
  });
}

function askRoute(instance: FastifyInstance, services: Services): void {
  const { config, matching } = services;

  instance.withTypeProvider<TypeBoxProvider>().route({
    method: 'POST',
    url: '/v1/matches',
    config: { ...requireScope('read'), ...harmlessTwice, metered: true },
    schema: {
      operationId: 'findMatches',
      tags,
      summary: 'Kept files that look or sound like a file, or like a hash',
      description: 'Nothing is inspected and nothing is kept: the file is deleted before the answer.',
      querystring: Type.Object({ ...RawQuerySchema.properties, ...AskSchema.properties }),
      body: {
        content: {
          'multipart/form-data': { schema: Type.Object({ file: Type.String({ format: 'binary' }) }) },
          'application/json': { schema: HashAskSchema },
          '*/*': { schema: Type.String({ format: 'binary', description: 'The file as the whole body.' }) },
        },
      },
      response: {
        200: { description: 'What was found.', content: json },
        ...problemAnswers({
          400: 'No file, or a hash that cannot be used (`hash-bad`).',
          409: 'Fingerprints are switched off here.',
          413: 'The file is too large.',
          415: 'The body is neither multipart/form-data, nor JSON, nor a photo, video or sound.',
          503: 'The search cannot be done just now, or all places for uploads are taken.',
          507: 'The disk or the room set for it is full.',
        }),
      },
    },
    validatorCompiler: jsonOnly(HashAskSchema),
    onRequest: async (request) => {
      askedLanguage(request);
      if (!matching.on) throw new Problem('matches-off');
      refuseByLength(request, config.maxUploadBytes);
      services.room.check();
    },
    onSend: lingerAfterRefusal,
    handler: async (request, reply) => {
      const { likenesses, sha256 } =
        request.isMultipart() || isRaw(request)
          ? await likenessesOfUpload(request, services)
          : { likenesses: hashGiven(hashIn(request.body)) };
      const limit = limitIn(request.query);
      const sought = await matching.ofLikenesses(tenantOf(request), likenesses, { limit, sha256 });
      return sendPrivate(reply).send(matchesTold(sought, askedSpeech(request)));
    },
  });
}

interface Asked {
  likenesses: Likenesses;
  /** Of a file, whose very bytes may be kept. */
  sha256?: string | undefined;
}

/** The file is here no longer than it takes. */
async function likenessesOfUpload(request: FastifyRequest, services: Services): Promise<Asked> {
  const { admission, config, uploads, pictures } = services;
  const leave = admission.enter();
  const id = newInspectionId();
  const path = uploads.file(id);
  try {
    const upload = await (isRaw(request) ? receiveRaw : receiveUpload)(request, {
      directory: uploads,
      path,
      sidecarPath: uploads.sidecar(id),
      initPath: uploads.init(id),
      maxBytes: config.maxUploadBytes,
      services,
    });
    const likenesses = await pictures.likenessNow({ path, party: partyOf(tenantOf(request)) });
    return { likenesses, sha256: 'sha256' in upload ? upload.sha256 : undefined };
  } finally {
    await uploads
      .removeOf(id)
      .catch((err: unknown) => request.log.error({ err }, 'an upload could not be deleted'));
    leave();
  }
}

/** Checked above; a request without any body has no type either, and came past the check. */
function hashIn(body: unknown): string {
  if (body === undefined || body === null) throw new Problem('unsupported-media-type');
  return (body as Static<typeof HashAskSchema>).hash;
}

/** The body’s check stands in the place of all others. */
function limitIn({ limit }: { limit?: unknown }): number {
  const asked = Number(limit ?? USUAL_MATCHES);
  if (!Number.isInteger(asked) || asked < 1 || asked > MOST_MATCHES)
    throw badField('limit', said('problem.field.number', { least: '1', most: String(MOST_MATCHES) }));
  return asked;
}
