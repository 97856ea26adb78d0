import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { LANGUAGES } from '../../i18n/languages.js';
import { BUNDLE_KINDS } from '../../service/sealing/names.js';
import { requireScope, tenantOf } from '../contract/access.js';
import { drainBody } from '../contract/drain-body.js';
import { jsonBodyCompiler, registerJsonParser } from '../contract/json-body.js';
import { registerOperation } from '../contract/operation.js';
import { Problem } from '../contract/problems/problem.js';
import { InspectionParamsSchema } from '../contract/schemas.js';
import { requestedLanguage } from '../services/language.js';
import type { Services } from '../services/services.js';
import { refuseByLength } from '../uploads/receive-upload.js';
import { assertFullAllowed, parseSealRequest, receiveSealForm, sendSealed } from './seal-request.js';

export const SEAL = {
  kind: Type.Enum([...BUNDLE_KINDS], {
    description:
      'Kind of bundle. `full`: with the file (scope `reveal`). `shareable`: with only the file’s SHA-256 and nothing that the Report masks.',
  }),
  at: Type.Optional(Type.String({ description: 'Stated time of sealing, RFC 3339. Default: now.' })),
  lang: Type.Optional(Type.Enum([...LANGUAGES])),
};
export const SealSchema = Type.Object(SEAL, { additionalProperties: false, title: 'SealRequest' });

/**
 * Registers the download of a stored Report as a sealed bundle that others can check without this server. Not available
 * on share links.
 */
export function sealRoutes(instance: FastifyInstance, services: Services): void {
  instance.register(async (scope) => {
    registerJsonParser(scope);
    registerOperation(scope, 'POST /v1/inspections/:id/seal', requireScope('inspect', { metered: 'bytes' }), {
      operationId: 'sealInspection',
      tags: ['inspections'],
      summary: 'Seal a Report as a bundle',
      description:
        'Returns a ZIP in BagIt 1.0, signed with the operator’s key, which can be checked with `sha256sum` and `openssl` as its ' +
        '`VERIFY.txt` explains. `full` needs the file: either the upload that is still stored, or `file` sent again, whose hash is compared.',
      params: InspectionParamsSchema,
      body: {
        content: {
          'application/json': { schema: SealSchema },
          'multipart/form-data': {
            schema: Type.Object({ ...SEAL, file: Type.Optional(Type.String({ format: 'binary' })) }),
          },
        },
      },
      answers: {
        200: {
          description: 'The bundle.',
          content: { 'application/zip': { schema: Type.String({ format: 'binary' }) } },
        },
      },
      problems: {
        400: 'A member has a value that cannot be used.',
        403: 'The key lacks a scope.',
        404: 'There is no such report, or no longer.',
        409: 'The inspection has not finished, the server has no sealing key (`seal-off`), the file is missing (`asset-gone`), or another file was sent (`seal-other-file`).',
        413: 'The file is too large.',
        415: 'The body is neither JSON nor multipart/form-data.',
        500: 'The sealing key cannot be used, the pages could not be printed, or the log differs from its signed head.',
        502: 'The timestamp authority gave no valid response.',
        503: 'Too many bundles are being made, or all places for uploads are taken.',
        507: 'The disk is full, or the storage limit is reached.',
      },
      validatorCompiler: jsonBodyCompiler(SealSchema),
      onRequest: async (request) => {
        requestedLanguage(request);
        refuseByLength(request, services.config.maxUploadBytes);
        services.diskQuota.check();
      },
      onSend: drainBody,
      handler: async (request, reply) => {
        const usual = requestedLanguage(request) ?? 'en';
        const form = request.isMultipart() ? await receiveSealForm(request, services) : undefined;
        const release = form?.release ?? (async () => undefined);
        try {
          const ask = parseSealRequest(form?.fields ?? assertBody(request.body), usual);
          const record = await services.stores.inspections.get(tenantOf(request), request.params.id);
          if (record === undefined) throw new Problem('inspection-not-found');
          if (!services.sealing.isEnabled) throw new Problem('seal-off');
          assertFullAllowed(ask.kind, request, services);
          if (record.report === undefined) throw new Problem('not-finished');
          return await sendSealed(reply, record, { ...ask, given: form?.given }, { services, release });
        } catch (error) {
          await release();
          throw error;
        }
      },
    });
  });
}

/** The schema was checked already, except for a request without a body, which has no content type either. */
function assertBody(body: unknown): Static<typeof SealSchema> {
  if (body === undefined || body === null) throw new Problem('unsupported-media-type');
  return body as Static<typeof SealSchema>;
}
