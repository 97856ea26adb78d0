import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { openToAll } from '../access.js';
import { problemPage } from '../form/problem-page.js';
import { pageLanguage } from '../language.js';
import { Problem } from '../problem.js';
import { isProblemCode } from '../problems.js';
import type { TypeBoxProvider } from '../schemas.js';
import { sendPage } from '../send-inspection.js';

/** RFC 9457 wants `type` to lead to words about the problem. */
export function problemRoutes(app: FastifyInstance): void {
  app.withTypeProvider<TypeBoxProvider>().route({
    method: 'GET',
    url: '/problems/:code',
    config: openToAll,
    schema: { hide: true, params: Type.Object({ code: Type.String() }) },
    handler: async (request, reply) => {
      const { code } = request.params;
      if (!isProblemCode(code)) throw new Problem('not-found');
      return sendPage(reply, problemPage(code, pageLanguage(request, reply)));
    },
  });
}
