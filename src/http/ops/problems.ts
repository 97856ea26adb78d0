import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { openToAll } from '../contract/access.js';
import { Problem } from '../contract/problems/problem.js';
import { isProblemCode } from '../contract/problems/problems.js';
import type { TypeBoxProvider } from '../contract/schemas.js';
import { renderProblemPage } from '../pages/problem-page.js';
import { sendPage } from '../responses/send-inspection.js';
import { createPageTranslator } from '../services/language.js';

/** Registers the pages of problems: RFC 9457 wants `type` to lead to a description. */
export function problemRoutes(app: FastifyInstance): void {
  app.withTypeProvider<TypeBoxProvider>().route({
    method: 'GET',
    url: '/problems/:code',
    config: openToAll,
    schema: { hide: true, params: Type.Object({ code: Type.String() }) },
    handler: async (request, reply) => {
      const { code } = request.params;
      if (!isProblemCode(code)) throw new Problem('not-found');
      return sendPage(reply, renderProblemPage(code, createPageTranslator(request, reply)));
    },
  });
}
