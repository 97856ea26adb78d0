import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { CARRIERS } from '../../core/media/carrier.js';
import { SIGNAL_IDS } from '../../core/report/signal.js';
import { BACKINGS, GRADES } from '../../core/signals/backing.js';
import { PERSONAL } from '../../core/signals/personal.js';
import { openToAll } from '../access.js';
import { askedLanguage, LanguageSchema } from '../language.js';
import { MOST_KNOWN, NEXT, NEXT_LINK, nextPage, pageProperties, pageWithin } from '../paging.js';
import { BAD_QUERY, jsonAnswer, problemAnswers, type TypeBoxProvider } from '../schemas.js';

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
  ...NEXT,
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
export function signalRoutes(instance: FastifyInstance): void {
  instance.withTypeProvider<TypeBoxProvider>().route({
    method: 'GET',
    url: '/v1/signals',
    config: openToAll,
    schema: {
      operationId: 'listSignals',
      tags: ['knowledge'],
      summary: 'List every signal a Report can hold',
      description: 'The closed list that Reports, rules and filters speak of, with what each signal means.',
      querystring: Type.Object({ ...pageProperties(MOST_KNOWN, MOST_KNOWN), ...LanguageSchema.properties }),
      response: {
        200: jsonAnswer('One page, and what the words beside a signal mean.', ListSchema, NEXT_LINK),
        ...problemAnswers(BAD_QUERY),
      },
    },
    handler: async (request, reply) => {
      // Detectors are of no use to a server that only starts.
      const { signalCatalogue } = await import('../../core/detectors/signal-list.js');
      const { signals, ...words } = signalCatalogue(askedLanguage(request) ?? 'en');
      const { items, next } = pageWithin(signals, request.query, ({ id }) => id);
      return { signals: items, ...words, ...nextPage(request, reply, next) };
    },
  });
}
