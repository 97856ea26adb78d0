import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { ofPage, requireScope } from '../access.js';
import { guide } from '../first-use.js';
import { samplesPage } from '../form/samples-page.js';
import { readsForms } from '../form-body.js';
import { inspectSample } from '../inspect-sample.js';
import { pageLanguage } from '../language.js';
import { Problem } from '../problem.js';
import { isSampleName } from '../samples/samples.js';
import type { TypeBoxProvider } from '../schemas.js';
import { sendPage } from '../send-inspection.js';
import type { Services } from '../services.js';

/** A sample and its report are one click away: nothing has to be found or sent. */
export function sampleRoutes(instance: FastifyInstance, services: Services): void {
  instance.register(async (scope) => {
    readsForms(scope);
    const app = scope.withTypeProvider<TypeBoxProvider>();

    app.get('/samples', ofPage('inspect'), async (request, reply) => {
      const speaks = pageLanguage(request, reply);
      return sendPage(reply, samplesPage(await guide(request, services, speaks.language), speaks));
    });

    app.route({
      method: 'POST',
      url: '/samples/:name',
      config: requireScope('inspect'),
      schema: { hide: true, params: Type.Object({ name: Type.String() }) },
      handler: async (request, reply) => {
        const { name } = request.params;
        if (!isSampleName(name)) throw new Problem('not-found');
        const accepted = await inspectSample(request, services, name, () => reply.raw.destroyed);
        if (accepted.outcome === 'gone') return reply.hijack();
        return reply
          .header('cache-control', 'no-store')
          .redirect(pageLanguage(request, reply).to(`/inspections/${accepted.id}`), 303);
      },
    });
  });
}
