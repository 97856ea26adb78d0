import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '../../i18n/languages.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import { requireScope, tenantOf } from '../contract/access.js';
import { drainBody } from '../contract/drain-body.js';
import { toProblem } from '../contract/problems/as-problem.js';
import { Problem } from '../contract/problems/problem.js';
import { InspectionParamsSchema, type TypeBoxProvider } from '../contract/schemas.js';
import { type RefusedSeal, renderSealPage } from '../pages/seal-page.js';
import { prepareProblemReply } from '../responses/answer-problem.js';
import { sendPage } from '../responses/send-inspection.js';
import { canReveal } from '../services/disclosure.js';
import { createPageTranslator } from '../services/language.js';
import type { Services } from '../services/services.js';
import { refuseByLength } from '../uploads/receive-upload.js';
import {
  assertFullAllowed,
  parseSealRequest,
  type ReceivedSealForm,
  receiveSealForm,
  sendSealed,
} from './seal-request.js';

const hidden = { hide: true, params: InspectionParamsSchema } as const;

const LACKS_FILE: ReadonlySet<string> = new Set(['asset-gone', 'seal-other-file']);

/** Registers the page that explains a bundle and downloads it; works without script. */
export function sealPageRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const url = '/inspections/:id/seal';

  /**
   * Returns the stored inspection, masked: personal data that this reader may see does not belong in a bundle that is
   * passed on.
   */
  async function loadMasked(request: FastifyRequest, id: string): Promise<InspectionRecord> {
    const record = await services.stores.inspections.get(tenantOf(request), id);
    if (record === undefined) throw new Problem('inspection-not-found');
    if (record.report === undefined) throw new Problem('not-finished');
    return record;
  }

  app.route({
    method: 'GET',
    url,
    config: requireScope('inspect'),
    schema: hidden,
    handler: async (request, reply) => {
      const record = await loadMasked(request, request.params.id);
      if (!services.sealing.isEnabled) throw new Problem('seal-off');
      return show(request, reply, record);
    },
  });

  app.route({
    method: 'POST',
    url,
    config: requireScope('inspect', { metered: 'bytes' }),
    schema: hidden,
    onRequest: async (request) => {
      refuseByLength(request, services.config.maxUploadBytes);
      services.diskQuota.check();
    },
    onSend: drainBody,
    handler: async (request, reply) => {
      const record = await loadMasked(request, request.params.id);
      if (!services.sealing.isEnabled) throw new Problem('seal-off');
      const { language } = createPageTranslator(request, reply);
      let form: ReceivedSealForm | undefined;
      try {
        form = await receiveSealForm(request, services);
        return await made(request, reply, record, { form, language });
      } catch (error) {
        await form?.release();
        const problem = toProblem(error);
        prepareProblemReply(problem, request, reply);
        const refused = { kind: form?.fields.kind, fault: problem.detail };
        return show(request, reply, record, { refused, lacksFile: LACKS_FILE.has(problem.code) });
      }
    },
  });

  async function made(
    request: FastifyRequest,
    reply: FastifyReply,
    record: InspectionRecord,
    { form, language }: { form: ReceivedSealForm; language: Language },
  ): Promise<FastifyReply> {
    const { fields, given, release } = form;
    const ask = parseSealRequest(fields, language);
    assertFullAllowed(ask.kind, request, services);
    return sendSealed(reply, record, { ...ask, given }, { services, release });
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    record: InspectionRecord,
    { refused, lacksFile = false }: { refused?: RefusedSeal; lacksFile?: boolean } = {},
  ): Promise<FastifyReply> {
    const { id, request: asked } = record;
    const facts = {
      ...{ id, name: asked.name, refused },
      mayFull: canReveal(request, services),
      hasSeveral: asked.hasSidecar || asked.hasInit === true,
      // If the stored file differs or cannot be read, the form asks for it.
      isKept: !lacksFile && (await services.sealing.hasFile(record)),
      authority: services.sealing.authorityHost,
    };
    reply.header('x-robots-tag', 'noindex');
    return sendPage(reply, renderSealPage(facts, createPageTranslator(request, reply)));
  }
}
