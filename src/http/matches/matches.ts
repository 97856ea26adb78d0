import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { SecretError } from '../../base/secrets/secret-keys.js';
import { message } from '../../i18n/message.js';
import { tenantKeyOf } from '../../inspect/protocol/tenant.js';
import type { Fingerprints } from '../../matching/fingerprint.js';
import { makeFingerprints } from '../../service/inspections/fingerprints.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import { requireScope, tenantOf } from '../contract/access.js';
import { drainBody } from '../contract/drain-body.js';
import { jsonBodyCompiler, registerJsonParser } from '../contract/json-body.js';
import { registerOperation } from '../contract/operation.js';
import { badField, Problem } from '../contract/problems/problem.js';
import { linkNextPage, NEXT_LINK, numberedPageProperties } from '../contract/queries/paging.js';
import {
  BAD_QUERY,
  IfNoneMatchHeadersSchema,
  InspectionParamsSchema,
  NOT_MODIFIED,
  taggedResponses,
} from '../contract/schemas.js';
import { ETAG_HEADER } from '../contract/state-tag.js';
import { sendPrivate, sendTagged } from '../responses/send-inspection.js';
import { canReveal, revealRefusal } from '../services/disclosure.js';
import { isIdempotent } from '../services/idempotency.js';
import { LanguageSchema, requestedLanguage, requestedTranslator } from '../services/language.js';
import { HashSchema } from '../services/matches/collection-schemas.js';
import { toMatchesView } from '../services/matches/match-view.js';
import { DEFAULT_MATCHES, MAX_MATCHES, MAX_MATCHES_IN_ALL } from '../services/matches/matching.js';
import { fingerprintFromHash } from '../services/pictures/pdq-hash.js';
import { pictureHeaders } from '../services/pictures/picture-headers.js';
import type { Services } from '../services/services.js';
import { hasRawBody } from '../uploads/raw-types.js';
import { RawQuerySchema, receiveRaw, registerRawParser } from '../uploads/receive-raw.js';
import { receiveUpload, refuseByLength } from '../uploads/receive-upload.js';

const MatchesRef = Type.Ref('Matches#');
const json = { 'application/json': { schema: MatchesRef } };
const tags = ['matches'];

const SearchBodySchema = Type.Object({
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: MAX_MATCHES, description: `Default: ${DEFAULT_MATCHES}.` }),
  ),
  ...LanguageSchema.properties,
});

const HashBodySchema = Type.Object(
  { hash: HashSchema, alg: Type.Optional(Type.Literal('pdq')) },
  { additionalProperties: false },
);

const RETRY_AFTER_SECONDS = '1';

/**
 * Registers the routes of stored files that look or sound alike. Matches are an attachment of a Report and never part
 * of it; a share link shows none of them.
 */
export function matchRoutes(app: FastifyInstance, services: Services): void {
  const { matching, stores } = services;

  registerOperation(app, 'GET /v1/inspections/:id/matches', requireScope('read'), {
    operationId: 'listInspectionMatches',
    tags,
    summary: 'List stored files that look or sound like this one',
    description:
      'Searches the files stored at the time of the request, including those added after the inspection. A match is `inferred`, and the declarations of the other file apply only to that file.',
    params: InspectionParamsSchema,
    headers: IfNoneMatchHeadersSchema,
    querystring: Type.Object({
      ...SearchBodySchema.properties,
      cursor: numberedPageProperties(DEFAULT_MATCHES, MAX_MATCHES).cursor,
    }),
    answers: {
      200: {
        description: 'The matches.',
        headers: {
          ...ETAG_HEADER,
          ...NEXT_LINK,
          'Retry-After': Type.Optional(
            Type.String({ description: 'Seconds until the next attempt; present while `pending`.' }),
          ),
        },
        content: json,
      },
      304: NOT_MODIFIED,
    },
    problems: {
      ...BAD_QUERY,
      404: 'There is no such report, or no longer.',
      503: 'The search cannot be done just now.',
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const translator = requestedTranslator(request);
      const record = await stores.inspections.get(tenantOf(request), id);
      if (record === undefined) throw new Problem('inspection-not-found');
      const { limit = DEFAULT_MATCHES, cursor = '0' } = request.query;
      const from = Number(cursor);
      if (from + limit > MAX_MATCHES_IN_ALL) throw badField('cursor', message('problem.field.cursor'));
      const told = toMatchesView(await matching.searchByInspection(record, { limit, from }), translator);
      if (told.state === 'pending') reply.header('retry-after', RETRY_AFTER_SECONDS);
      const { schema, ...rest } = told;
      const hasNext = told.more && from + 2 * limit <= MAX_MATCHES_IN_ALL;
      const next = linkNextPage(request, reply, hasNext ? String(from + limit) : undefined);
      const body = JSON.stringify({ schema, inspection: id, ...rest, ...next });
      return sendTagged(request, sendPrivate(reply), 'application/json', body);
    },
  });

  manifestRoute(app, services);
  app.register(async (scope) => {
    registerJsonParser(scope);
    registerRawParser(scope);
    searchRoute(scope, services);
  });

  registerOperation(app, 'GET /v1/fingerprints/:id/preview', requireScope('read'), {
    operationId: 'getFingerprintPreview',
    tags,
    summary: 'Read the preview picture of a matching file of a scan',
    description: '`assay scan --keep previews` stores these pictures; the match contains their address.',
    params: Type.Object({ id: Type.String({ pattern: '^[0-9]{1,15}$' }) }),
    headers: IfNoneMatchHeadersSchema,
    answers: { ...taggedResponses('The picture.', 'image/webp', Type.String({ format: 'binary' })) },
    problems: {
      400: 'The id is malformed.',
      404: 'The server stores no such file.',
    },
    handler: async (request, reply) => {
      const picture = await matching.preview(tenantOf(request), Number(request.params.id));
      if (picture === undefined) throw new Problem('picture-not-found');
      return sendTagged(request, sendPrivate(pictureHeaders(reply, 'preview')), 'image/webp', picture);
    },
  });
}

/** A manifest store holds all personal data of the other file, so only callers who may see such data get it. */
function manifestRoute(app: FastifyInstance, services: Services): void {
  const { matching } = services;

  registerOperation(app, 'GET /v1/fingerprints/:id/manifest', requireScope('reveal'), {
    operationId: 'getFingerprintManifest',
    tags,
    summary: 'Read the manifest store of a matching file of a scan',
    description:
      'Returns the manifest store as it was in that file, unmasked. It belongs to that file and says nothing about the file of the request.',
    params: Type.Object({ id: Type.String({ pattern: '^[0-9]{1,15}$' }) }),
    answers: {
      200: {
        description: 'JUMBF.',
        content: { 'application/c2pa': { schema: Type.String({ format: 'binary' }) } },
      },
    },
    problems: {
      400: 'The id is malformed.',
      404: 'The server stores no such file.',
      409: 'The manifest store is encrypted with a key that this server does not have.',
    },
    handler: async (request, reply) => {
      if (!canReveal(request, services)) throw revealRefusal('manifest');
      const id = Number(request.params.id);
      const store = await matching.manifest(tenantOf(request), id).catch((cause: unknown) => {
        if (!(cause instanceof SecretError)) throw cause;
        throw new Problem('manifest-not-opened', { cause });
      });
      if (store === undefined) throw new Problem('manifest-not-stored');
      return sendPrivate(reply)
        .header('content-disposition', `attachment; filename="assay-${id}.c2pa"`)
        .type('application/c2pa')
        .send(store);
    },
  });
}

function searchRoute(app: FastifyInstance, services: Services): void {
  const { config, matching } = services;

  registerOperation(app, 'POST /v1/matches', requireScope('read', { ...isIdempotent, metered: true }), {
    operationId: 'findMatches',
    tags,
    summary: 'List stored files that look or sound like a file or match a hash',
    description: 'Assay neither inspects nor stores the file: it is deleted before the response is sent.',
    querystring: Type.Object({ ...RawQuerySchema.properties, ...SearchBodySchema.properties }),
    body: {
      content: {
        'multipart/form-data': { schema: Type.Object({ file: Type.String({ format: 'binary' }) }) },
        'application/json': { schema: HashBodySchema },
        '*/*': { schema: Type.String({ format: 'binary', description: 'The file as the whole body.' }) },
      },
    },
    answers: { 200: { description: 'The matches.', content: json } },
    problems: {
      400: 'The request has no file, or an invalid hash (`hash-bad`).',
      409: 'Fingerprints are switched off here.',
      413: 'The file is too large.',
      415: 'The body is neither multipart/form-data, nor JSON, nor a photo, video or sound.',
      503: 'The search cannot be done just now, or all places for uploads are taken.',
      507: 'The disk is full, or the storage limit is reached.',
    },
    validatorCompiler: jsonBodyCompiler(HashBodySchema),
    onRequest: async (request) => {
      requestedLanguage(request);
      if (!matching.isEnabled) throw new Problem('matches-off');
      refuseByLength(request, config.maxUploadBytes);
      services.diskQuota.check();
    },
    onSend: drainBody,
    handler: async (request, reply) => {
      const { fingerprints, sha256 } =
        request.isMultipart() || hasRawBody(request)
          ? await fingerprintUpload(request, services)
          : { fingerprints: fingerprintFromHash(parseHashBody(request.body)) };
      const limit = parseLimit(request.query);
      const sought = await matching.searchByFingerprints(tenantOf(request), fingerprints, {
        limit,
        sha256,
      });
      return sendPrivate(reply).send(toMatchesView(sought, requestedTranslator(request)));
    },
  });
}

interface SearchInput {
  fingerprints: Fingerprints;
  /** Digest of an uploaded file, whose very bytes may be stored. */
  sha256?: string | undefined;
}

/** The file is deleted as soon as its fingerprints are made. */
async function fingerprintUpload(request: FastifyRequest, services: Services): Promise<SearchInput> {
  const { admission, config, fingerprintMaker, uploads } = services;
  if (fingerprintMaker === undefined) throw new Problem('matches-off');
  const leave = admission.enter();
  const id = newInspectionId();
  const path = uploads.file(id);
  try {
    const upload = await (hasRawBody(request) ? receiveRaw : receiveUpload)(request, {
      directory: uploads,
      path,
      sidecarPath: uploads.sidecar(id),
      initPath: uploads.init(id),
      maxBytes: config.maxUploadBytes,
      services,
    });
    const fingerprints = await makeFingerprints(
      { path, tenant: tenantKeyOf(tenantOf(request)) },
      'picture',
      fingerprintMaker,
      { soon: true },
    );
    return { fingerprints, sha256: 'sha256' in upload ? upload.sha256 : undefined };
  } finally {
    await uploads
      .removeOf(id)
      .catch((err: unknown) => request.log.error({ err }, 'an upload could not be deleted'));
    leave();
  }
}

/** The schema was checked already, except for a request without a body, which has no content type either. */
function parseHashBody(body: unknown): string {
  if (body === undefined || body === null) throw new Problem('unsupported-media-type');
  return (body as Static<typeof HashBodySchema>).hash;
}

/** The route replaces Fastify's validator for the body, so the query is validated here. */
function parseLimit({ limit }: { limit?: unknown }): number {
  const asked = Number(limit ?? DEFAULT_MATCHES);
  if (!Number.isInteger(asked) || asked < 1 || asked > MAX_MATCHES)
    throw badField('limit', message('problem.field.number', { least: '1', most: String(MAX_MATCHES) }));
  return asked;
}
