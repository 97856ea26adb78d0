import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { memoizeAsync } from '../../base/memoize.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import { openToAll, requireScope, tenantOf } from '../contract/access.js';
import { drainBody } from '../contract/drain-body.js';
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
  400: 'A header that tus asks for is missing, or breaks its rules.',
  412: 'The header “Tus-Resumable” names no version that is spoken here.',
  503: 'Another request is at this upload and does not make way; or all places are taken.',
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

    app.route({
      method: 'OPTIONS',
      url: '/v1/uploads',
      config: openToAll,
      schema: {
        operationId: 'describeUploads',
        tags,
        summary: 'What of tus is spoken here',
        description: 'Version, extensions and the largest file, in headers; needs no key.',
        response: {
          204: {
            description: 'Version, extensions and the largest file.',
            headers: uploadHeaders('Tus-Version', 'Tus-Extension', 'Tus-Max-Size'),
            type: 'null',
          },
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
        summary: 'Begin an upload that can be resumed',
        description:
          'tus 1.0 with creation, creation-with-upload, creation-defer-length, termination and expiration. ' +
          '`Upload-Metadata` may say `filename` and `filetype`. What is not made an inspection goes at `Upload-Expires`.',
        consumes: [BYTES_TYPE],
        headers: CreateHeadersSchema,
        body: Type.Optional(PartSchema),
        response: {
          201: {
            description: 'It is there; its address is in `Location`.',
            headers: {
              Location: Type.String({ description: '`/v1/uploads/<id>`' }),
              ...uploadHeaders('Upload-Expires', 'Upload-Offset'),
            },
            type: 'null',
          },
          ...problemResponses({
            ...TUS_PROBLEMS,
            413: 'The file is larger than this server takes.',
            415: `The body is not ${BYTES_TYPE}.`,
            429: 'There are as many uploads, or bytes of them, as there may be.',
            507: 'The disk or the room set for it is full.',
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

    app.route({
      method: 'HEAD',
      url: '/v1/uploads/:id',
      config: { ...access, swagger: { exposeHeadRoute: true } },
      schema: {
        operationId: 'getUploadOffset',
        tags,
        summary: 'How much of an upload has arrived',
        description:
          'After a broken connection: how many bytes stand in the file, so that a client goes on from there.',
        params: IdParamsSchema,
        headers: TusHeadersSchema,
        response: {
          200: {
            description: 'Go on at `Upload-Offset`.',
            headers: uploadHeaders(
              'Upload-Offset',
              'Upload-Length',
              'Upload-Defer-Length',
              'Upload-Metadata',
            ),
            type: 'null',
          },
          ...problemResponses({ ...NotFound, ...TUS_PROBLEMS }),
        },
      },
      onRequest: assertTusVersion,
      handler: async (request, reply) =>
        send(reply, await ask(request, request.params.id, tenantOf(request))),
    });

    app.route({
      method: 'GET',
      url: '/v1/uploads/:id',
      exposeHeadRoute: false,
      config: access,
      schema: {
        operationId: 'getUpload',
        tags,
        summary: 'Read where an upload stands',
        description:
          'The same in JSON, for programs that do not speak tus. `DELETE` takes its `ETag` in `If-Match`.',
        params: IdParamsSchema,
        response: {
          200: jsonResponse('Where it stands.', UploadSchema, ETAG_HEADER),
          ...problemResponses(NotFound),
        },
      },
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
        summary: 'Send what follows of an upload',
        description: 'From `Upload-Offset` on. What arrived before a connection broke is kept.',
        consumes: [BYTES_TYPE],
        params: IdParamsSchema,
        headers: PatchHeadersSchema,
        body: PartSchema,
        response: {
          204: {
            description: 'It is kept, up to `Upload-Offset`.',
            headers: uploadHeaders('Upload-Offset', 'Upload-Expires'),
            type: 'null',
          },
          ...problemResponses({
            ...NotFound,
            ...TUS_PROBLEMS,
            409: '`Upload-Offset` is not where the upload stands; or an inspection is being made of it.',
            413: 'More bytes than the upload was said to have, or than this server takes.',
            415: `The body is not ${BYTES_TYPE}.`,
            507: 'The disk or the room set for it is full.',
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

    app.route({
      method: 'DELETE',
      url: '/v1/uploads/:id',
      config: access,
      schema: {
        operationId: 'deleteUpload',
        tags,
        summary: 'Give an upload up',
        description: 'What has arrived is deleted. One that became an inspection is gone already.',
        params: IdParamsSchema,
        headers: Type.Object({ ...TusHeadersSchema.properties, ...IfMatchHeadersSchema.properties }),
        response: {
          204: { description: 'It is deleted.', type: 'null' },
          ...problemResponses({
            ...NotFound,
            ...TUS_PROBLEMS,
            412: 'The header “Tus-Resumable” names no version that is spoken here; or more has arrived since it was read.',
          }),
        },
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
