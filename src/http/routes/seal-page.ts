import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '../../say/languages.js';
import type { InspectionRecord } from '../../store/inspections.js';
import { requireScope, tenantOf } from '../access.js';
import { beginProblem } from '../answer-problem.js';
import { asProblem } from '../as-problem.js';
import { type RefusedSeal, sealPage } from '../form/seal-page.js';
import { pageLanguage } from '../language.js';
import { lingerAfterRefusal } from '../linger.js';
import { Problem } from '../problem.js';
import { refuseByLength } from '../receive-upload.js';
import { InspectionParamsSchema, type TypeBoxProvider } from '../schemas.js';
import { type ReceivedAsk, receiveSealForm, refuseFull, sealAsk, sendSealed } from '../seal-asked.js';
import { sendPage } from '../send-inspection.js';
import type { Services } from '../services.js';
import { mayReveal } from '../shown.js';

const hidden = { hide: true, params: InspectionParamsSchema } as const;

const LACKS_FILE: ReadonlySet<string> = new Set(['asset-gone', 'seal-other-file']);

/** The same for people, without script: what a bundle holds, and a button that downloads it. */
export function sealPageRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const url = '/inspections/:id/seal';

  /** As it is kept, masked: what this reader may see besides is not for a bundle that is passed on. */
  async function keptMasked(request: FastifyRequest, id: string): Promise<InspectionRecord> {
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
      const record = await keptMasked(request, request.params.id);
      if (!services.sealing.on) throw new Problem('seal-off');
      return show(request, reply, record);
    },
  });

  app.route({
    method: 'POST',
    url,
    config: { ...requireScope('inspect'), metered: 'bytes' },
    schema: hidden,
    onRequest: async (request) => {
      refuseByLength(request, services.config.maxUploadBytes);
      services.room.check();
    },
    onSend: lingerAfterRefusal,
    handler: async (request, reply) => {
      const record = await keptMasked(request, request.params.id);
      if (!services.sealing.on) throw new Problem('seal-off');
      const { language } = pageLanguage(request, reply);
      let form: ReceivedAsk | undefined;
      try {
        form = await receiveSealForm(request, services);
        return await made(request, reply, record, { form, language });
      } catch (error) {
        await form?.release();
        const problem = asProblem(error);
        beginProblem(problem, request, reply);
        const refused = { kind: form?.fields.kind, fault: problem.detail };
        return show(request, reply, record, { refused, lacksFile: LACKS_FILE.has(problem.code) });
      }
    },
  });

  async function made(
    request: FastifyRequest,
    reply: FastifyReply,
    record: InspectionRecord,
    { form, language }: { form: ReceivedAsk; language: Language },
  ): Promise<FastifyReply> {
    const { fields, given, release } = form;
    const ask = sealAsk(fields, language);
    refuseFull(ask.kind, request, services);
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
      mayFull: mayReveal(request, services),
      hasSeveral: asked.hasSidecar || asked.hasInit === true,
      // What lies there is not it, or cannot be read: it has to be given.
      isKept: !lacksFile && (await services.sealing.hasFile(record)),
      authority: services.sealing.authorityHost,
    };
    reply.header('x-robots-tag', 'noindex');
    return sendPage(reply, sealPage(facts, pageLanguage(request, reply)));
  }
}
