import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { CARRIERS } from '../../core/media/carrier.js';
import { SIGNAL_IDS } from '../../core/report/signal.js';
import { BACKINGS, GRADES } from '../../core/signals/backing.js';
import { PERSONAL } from '../../core/signals/personal.js';
import { openToAll } from '../access.js';
import { askedLanguage, LanguageSchema } from '../language.js';
import { jsonAnswer, problemAnswers } from '../schemas.js';

const SignalRowSchema = Type.Object(
  {
    id: Type.String({ examples: [SIGNAL_IDS[0]] }),
    meaning: Type.String(),
    reads: Type.Array(Type.Enum(CARRIERS, { title: 'Carrier' }), {
      description: 'Carriers it may stand in; empty where the file as a whole is looked at.',
    }),
  },
  { title: 'SignalRow' },
);

const ListSchema = Type.Object({
  signals: Type.Array(SignalRowSchema),
  backings: Type.Array(
    Type.Object({ id: Type.Enum(BACKINGS, { title: 'Backing' }), meaning: Type.String() }),
    {
      description: 'Strongest first, except `invalid`.',
    },
  ),
  grades: Type.Array(Type.Object({ id: Type.Enum(GRADES, { title: 'Grade' }), meaning: Type.String() })),
  personal: Type.Array(Type.Enum(PERSONAL, { title: 'Personal' }), {
    description: 'Kinds of personal data that are masked.',
  }),
});

/** The closed list that a Report's `signals`, rules and filters speak of. */
export function signalRoutes(app: FastifyInstance): void {
  app.route({
    method: 'GET',
    url: '/v1/signals',
    config: openToAll,
    schema: {
      operationId: 'listSignals',
      tags: ['knowledge'],
      summary: 'List every signal a Report can hold',
      querystring: LanguageSchema,
      response: {
        200: jsonAnswer('The closed list, and what the words beside a signal mean.', ListSchema),
        ...problemAnswers({ 400: 'The language is none of ours.' }),
      },
    },
    handler: async (request) => {
      // Detectors are of no use to a server that only starts.
      const { signalCatalogue } = await import('../../core/detectors/signal-list.js');
      return signalCatalogue(askedLanguage(request) ?? 'en');
    },
  });
}
