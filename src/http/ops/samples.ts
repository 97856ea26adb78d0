import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { pageRouteOptions, requireScope } from '../contract/access.js';
import { Problem } from '../contract/problems/problem.js';
import type { TypeBoxProvider } from '../contract/schemas.js';
import { inspectSample } from '../inspections/inspect-sample.js';
import { renderSamplesPage } from '../pages/samples-page.js';
import { sendPage } from '../responses/send-inspection.js';
import { buildIntroduction } from '../services/first-use.js';
import { createPageTranslator } from '../services/language.js';
import { isSampleName } from '../services/samples/samples.js';
import type { Services } from '../services/services.js';
import { registerFormParser } from '../uploads/form-body.js';

/** Registers the samples: one click inspects a sample file, so that a new user needs no file of their own. */
export function sampleRoutes(instance: FastifyInstance, services: Services): void {
  instance.register(async (scope) => {
    registerFormParser(scope);
    const app = scope.withTypeProvider<TypeBoxProvider>();

    app.get('/samples', pageRouteOptions('inspect'), async (request, reply) => {
      const translator = createPageTranslator(request, reply);
      return sendPage(
        reply,
        renderSamplesPage(await buildIntroduction(request, services, translator.language), translator),
      );
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
          .redirect(createPageTranslator(request, reply).linkTo(`/inspections/${accepted.id}`), 303);
      },
    });
  });
}
