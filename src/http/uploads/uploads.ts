import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { memoizeAsync } from '../../base/memoize.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import { openToAll, requireScope, tenantOf } from '../contract/access.js';
import { drainBody } from '../contract/drain-body.js';
import { registerOperation } from '../contract/operation.js';
import { Problem } from '../contract/problems/problem.js';
import { IdParamsSchema, jsonResponse, problemResponses, type TypeBoxProvider } from '../contract/schemas.js';
import {
  buildPrecondition,
  ETAG_HEADER,
  IfMatchHeadersSchema,
  sendWithState,
} from '../contract/state-tag.js';
import { withIdleTimeout } from '../guards/silent-body.js';
import { honoursKey, runOnce } from '../services/idempotency.js';
import type { Services } from '../services/services.js';
import type { IncomingState, TenantUploadOptions } from './tus/tenant-uploads.js';
import type { TusResponse } from './tus/tus-library.js';
import {
  BYTES_TYPE,
  CreateHeadersSchema,
  PartSchema,
  PatchHeadersSchema,
  TUS_VERSION,
  TusHeadersSchema,
  UploadSchema,
  uploadHeaders,
} from './tus/tus-schemas.js';
import { UploadLock } from './tus/upload-lock.js';

/** Loaded for the first upload instead of at every start: the library, and with it Node's `fetch`. */
const tus = memoizeAsync(async () => ({
  ...(await import('./tus/tus-library.js')),
  ...(await import('./tus/tenant-uploads.js')),
  ...(await import('./tus/upload-metadata.js')),
}));

const TUS_PROBLEMS = {
  400: 'A header that tus requires is missing or invalid.',
  412: 'The header “Tus-Resumable” names a version that this server does not support.',
  503: 'Another request is using this upload and does not stop, or the server has no capacity left for uploads.',
};
const NotFound = { 404: 'There is no such upload, or no longer.' };

/**
 * Registers resumable uploads of large files: tus 1.0 (https://tus.io). POST /v1/inspections inspects a completed
 * upload.
 */
export function uploadRoutes(instance: FastifyInstance, services: Services): void {
  const { config, stores, incomingFiles, diskQuota: room, admission, now } = services;
  const turns = new UploadLock();
  const tags = ['uploads'];
  const access = requireScope('inspect');
  const parts = { ...access, metered: 'bytes' } as const;

  const ask = async (
    request: FastifyRequest,
    id: string,
    tenant: string,
    holds?: TenantUploadOptions['precondition'],
  ): Promise<TusResponse> => {
    const { handleWithLibrary: askLibrary, TenantUploads } = await tus();
    return askLibrary(request, {
      id,
      lock: turns,
      maxBytes: config.maxUploadBytes,
      store: new TenantUploads({
        tenant,
        incoming: stores.incoming,
        incomingFiles,
        ...{ room, now, precondition: holds },
        expiryMillis: config.incomingHours * 3_600_000,
        bounds: {
          uploads: config.incomingUploads,
          bytes: config.incomingBytes,
          unknownBytes: config.maxUploadBytes,
        },
      }),
    });
  };

  /** Takes an upload slot, and ends when the client is silent for too long. */
  const receive = async (request: FastifyRequest, id: string): Promise<TusResponse> => {
    const leave = admission.enter();
    try {
      return await withIdleTimeout(request, () => ask(request, id, tenantOf(request)));
    } finally {
      leave();
    }
  };

  const send = (reply: FastifyReply, { status, headers }: TusResponse) =>
    reply.code(status).headers(headers).header('cache-control', 'no-store').send();

  instance.register(async (scope) => {
    // The body stays a stream, which the library reads.
    scope.addContentTypeParser(BYTES_TYPE, (_request, _payload, done) => done(null));
    // tus has its own rules for headers, and the library checks them.
    scope.setValidatorCompiler(() => () => true);
    const app = scope.withTypeProvider<TypeBoxProvider>();

    registerOperation(app, 'OPTIONS /v1/uploads', openToAll, {
      operationId: 'describeUploads',
      tags,
      summary: 'Read the supported tus version and extensions',
      description: 'Version, extensions and the largest file, in headers; needs no key.',
      answers: {
        204: {
          description: 'Version, extensions and the largest file.',
          headers: uploadHeaders('Tus-Version', 'Tus-Extension', 'Tus-Max-Size'),
          type: 'null',
        },
      },
      handler: async (request, reply) => send(reply, await ask(request, newInspectionId(), '')),
    });

    app.route({
      method: 'POST',
      url: '/v1/uploads',
      config: { ...parts, ...honoursKey },
      schema: {
        operationId: 'createUpload',
        tags,
        summary: 'Create a resumable upload',
        description:
          'Supports tus 1.0 with creation, creation-with-upload, creation-defer-length, termination and expiration. ' +
          '`Upload-Metadata` can contain `filename` and `filetype`. An upload that does not become an inspection is deleted at `Upload-Expires`.',
        consumes: [BYTES_TYPE],
        headers: CreateHeadersSchema,
        body: Type.Optional(PartSchema),
        response: {
          201: {
            description: 'The upload is created; `Location` contains its address.',
            headers: {
              Location: Type.String({ description: '`/v1/uploads/<id>`' }),
              ...uploadHeaders('Upload-Expires', 'Upload-Offset'),
            },
            type: 'null',
          },
          ...problemResponses({
            ...TUS_PROBLEMS,
            413: 'The file is larger than this server accepts.',
            415: `The body is not ${BYTES_TYPE}.`,
            429: 'The maximum number or total size of uploads is reached.',
            507: 'The disk is full, or the storage limit is reached.',
          }),
        },
      },
      onRequest: assertTusVersion,
      onSend: drainBody,
      handler: async (request, reply) => {
        const { headers } = request;
        const { assertMetadata: uploadMetadata } = await tus();
        uploadMetadata(headers['upload-metadata']);
        const tenant = tenantOf(request);
        const { made } = await runOnce(request, services, {
          id: newInspectionId(),
          content: [headers['upload-length'], headers['upload-defer-length'], headers['upload-metadata']],
          make: async (id) => ({ id, answer: await receive(request, id) }),
          statusOf: () => 201,
          reload: async (id) => {
            const upload = await stores.incoming.get(tenant, id, now());
            if (upload === undefined) return undefined;
            const expires = new Date(upload.expiresAt).toUTCString();
            const offset = String((await incomingFiles.sizeOf(id)) ?? 0);
            return {
              id,
              answer: { status: 201, headers: { 'upload-expires': expires, 'upload-offset': offset } },
            };
          },
        });
        reply.header('location', `/v1/uploads/${made.id}`);
        return send(reply, made.answer);
      },
    });

    registerOperation(
      app,
      'HEAD /v1/uploads/:id',
      requireScope('inspect', { swagger: { exposeHeadRoute: true } }),
      {
        operationId: 'getUploadOffset',
        tags,
        summary: 'Read the offset of an upload',
        description:
          'Returns the number of stored bytes, so that a client can continue after a broken connection.',
        params: IdParamsSchema,
        headers: TusHeadersSchema,
        answers: {
          200: {
            description: 'The upload can continue at `Upload-Offset`.',
            headers: uploadHeaders(
              'Upload-Offset',
              'Upload-Length',
              'Upload-Defer-Length',
              'Upload-Metadata',
            ),
            type: 'null',
          },
        },
        problems: { ...NotFound, ...TUS_PROBLEMS },
        onRequest: assertTusVersion,
        handler: async (request, reply) =>
          send(reply, await ask(request, request.params.id, tenantOf(request))),
      },
    );

    registerOperation(app, 'GET /v1/uploads/:id', access, {
      operationId: 'getUpload',
      tags,
      summary: 'Read the state of an upload',
      description:
        'Returns the state in JSON, for programs that do not use tus. `DELETE` accepts the `ETag` in `If-Match`.',
      params: IdParamsSchema,
      answers: { 200: jsonResponse('The state of the upload.', UploadSchema, ETAG_HEADER) },
      problems: NotFound,
      exposeHeadRoute: false,
      handler: async (request, reply) => {
        const upload = await stores.incoming.get(tenantOf(request), request.params.id, now());
        const bytes = upload && (await incomingFiles.sizeOf(upload.id));
        if (upload === undefined || bytes === undefined) throw new Problem('upload-not-found');
        const { id, createdAt, expiresAt, sizeBytes } = upload;
        const body = {
          id,
          createdAt,
          expiresAt,
          offset: bytes,
          ...(sizeBytes === undefined ? {} : { bytes: sizeBytes }),
          finished: bytes === sizeBytes,
        };
        const state: IncomingState = { id, sizeBytes, offset: bytes };
        return sendWithState(reply.header('cache-control', 'no-store'), body, state);
      },
    });

    app.route({
      method: 'PATCH',
      url: '/v1/uploads/:id',
      config: parts,
      schema: {
        operationId: 'appendToUpload',
        tags,
        summary: 'Send the next bytes of an upload',
        description:
          'The bytes are appended at `Upload-Offset`. Bytes received before a connection broke are stored.',
        consumes: [BYTES_TYPE],
        params: IdParamsSchema,
        headers: PatchHeadersSchema,
        body: PartSchema,
        response: {
          204: {
            description: 'The bytes up to `Upload-Offset` are stored.',
            headers: uploadHeaders('Upload-Offset', 'Upload-Expires'),
            type: 'null',
          },
          ...problemResponses({
            ...NotFound,
            ...TUS_PROBLEMS,
            409: '`Upload-Offset` differs from the upload’s offset; or the upload is already being inspected.',
            413: 'The upload exceeds its declared length or the maximum size of this server.',
            415: `The body is not ${BYTES_TYPE}.`,
            507: 'The disk is full, or the storage limit is reached.',
          }),
        },
      },
      onRequest: async (request, reply) => {
        await assertTusVersion(request, reply);
        room.check();
      },
      onSend: drainBody,
      handler: async (request, reply) => send(reply, await receive(request, request.params.id)),
    });

    registerOperation(app, 'DELETE /v1/uploads/:id', access, {
      operationId: 'deleteUpload',
      tags,
      summary: 'Delete an upload',
      description: 'Deletes the bytes received. An upload that became an inspection no longer exists.',
      params: IdParamsSchema,
      headers: Type.Object({ ...TusHeadersSchema.properties, ...IfMatchHeadersSchema.properties }),
      answers: { 204: { description: 'The upload is deleted.', type: 'null' } },
      problems: {
        ...NotFound,
        ...TUS_PROBLEMS,
        412: 'The header “Tus-Resumable” names a version that this server does not support; or more bytes were received since the state was read.',
      },
      onRequest: assertTusVersion,
      handler: async (request, reply) => {
        const holds = buildPrecondition(request, (one: IncomingState) => one);
        return send(reply, await ask(request, request.params.id, tenantOf(request), holds));
      },
    });
  });
}

/** Every answer states the version, refusals included. */
async function assertTusVersion(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('tus-resumable', TUS_VERSION);
  if (request.headers['tus-resumable'] !== TUS_VERSION) {
    throw new Problem('tus-version', { headers: { 'tus-version': TUS_VERSION } });
  }
}
