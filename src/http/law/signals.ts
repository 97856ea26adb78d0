import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { CARRIERS } from '../../core/media/carrier.js';
import { SIGNAL_IDS } from '../../core/report/signal.js';
import { BACKINGS, TRACE_GRADES } from '../../core/signals/backing.js';
import { PERSONAL } from '../../core/signals/personal.js';
import { openToAll } from '../contract/access.js';
import { registerOperation } from '../contract/operation.js';
import {
  linkNextPage,
  NEXT,
  NEXT_LINK,
  pageProperties,
  slicePage,
  UNPAGED_SIZE,
} from '../contract/queries/paging.js';
import { BAD_QUERY, jsonResponse } from '../contract/schemas.js';
import { LanguageSchema, requestedLanguage } from '../services/language.js';

const SignalRowSchema = Type.Object(
  {
    id: Type.String({ examples: [SIGNAL_IDS[0]] }),
    meaning: Type.String(),
    reads: Type.Array(Type.Enum(CARRIERS, { title: 'Carrier' }), {
      description: 'Carriers that can contain the signal; empty if it concerns the file as a whole.',
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
      description: 'Backings, strongest first, except `invalid`.',
    },
  ),
  grades: Type.Array(
    Type.Object({ id: Type.Enum(TRACE_GRADES, { title: 'Grade' }), meaning: Type.String() }),
  ),
  personal: Type.Array(Type.Enum(PERSONAL, { title: 'Personal' }), {
    description: 'Kinds of personal data that are masked.',
  }),
});

/** Registers the closed list of signals that a Report's `signals`, rules and filters refer to. */
export function signalRoutes(app: FastifyInstance): void {
  registerOperation(app, 'GET /v1/signals', openToAll, {
    operationId: 'listSignals',
    tags: ['knowledge'],
    summary: 'List every signal that a Report can contain',
    description: 'Closed list of the signals that Reports, rules and filters use, with their meanings.',
    querystring: Type.Object({
      ...pageProperties(UNPAGED_SIZE, UNPAGED_SIZE),
      ...LanguageSchema.properties,
    }),
    answers: {
      200: jsonResponse(
        'One page of signals, and the meanings of the terms used with them.',
        ListSchema,
        NEXT_LINK,
      ),
    },
    problems: BAD_QUERY,
    handler: async (request, reply) => {
      // Loaded on demand, because a server that starts needs no detectors.
      const { signalCatalogue } = await import('../../core/detectors/signal-list.js');
      const { signals, ...words } = signalCatalogue(requestedLanguage(request) ?? 'en');
      const { items, next } = slicePage(signals, request.query, ({ id }) => id);
      return { signals: items, ...words, ...linkNextPage(request, reply, next) };
    },
  });
}
