import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { listRulebookIds, loadRulebooks } from '../../core/law/rulebooks/index.js';
import {
  type PublishedRulebook,
  removeBounds,
  TextSchema,
  toPublishedRulebook,
} from '../../core/law/rulebooks/published.js';
import { toPublishedWatchedLaw, WatchedLawRowSchema } from '../../core/law/watched.js';
import { CLAUSE_GRADES } from '../../core/report/rule-terms.js';
import { utcDay } from '../../inspect/options/resolved.js';
import { openToAll } from '../contract/access.js';
import { registerOperation } from '../contract/operation.js';
import { Problem } from '../contract/problems/problem.js';
import {
  linkNextPage,
  NEXT,
  NEXT_LINK,
  pageProperties,
  slicePage,
  UNPAGED_SIZE,
} from '../contract/queries/paging.js';
import { BAD_QUERY, jsonResponse } from '../contract/schemas.js';

const HeadSchema = Type.Object(
  {
    id: Type.String(),
    jurisdiction: Type.String(),
    title: Type.Object({ en: Type.String(), zh: Type.String() }),
    instrument: Type.Object({
      title: Type.String(),
      originalTitle: Type.Optional(Type.String()),
      language: Type.Optional(Type.String()),
      number: Type.Optional(Type.String()),
      address: Type.String(),
    }),
    about: Type.Object({ en: Type.String(), zh: Type.String() }),
    edition: Type.String({ description: 'Date of this edition of the text.' }),
    digest: Type.Optional(Type.String({ description: 'SHA-256 of the rulebook’s clauses and texts.' })),
    clauses: Type.Integer({ minimum: 1 }),
    notYetCompared: Type.Integer({
      minimum: 0,
      description:
        'Number of clauses based on secondary sources and not yet compared with the official text.',
    }),
    dates: Type.Array(Type.String(), { description: 'Days on which a clause begins or ends, in order.' }),
  },
  { title: 'RulebookHead' },
);

const WatchedSchema = Type.Object(
  {
    ...WatchedLawRowSchema.properties,
    grade: Type.Enum([...CLAUSE_GRADES]),
    instrument: TextSchema,
    asks: TextSchema,
    known: Type.Optional(TextSchema),
  },
  { title: 'WatchedLaw' },
);

const ListSchema = Type.Object({
  rulebooks: Type.Array(removeBounds(HeadSchema)),
  ...NEXT,
  watched: Type.Array(removeBounds(WatchedSchema), {
    description:
      'Laws listed with their dates as context. They have no clauses and are not evaluated for files.',
  }),
});

/** Registers the rulebooks as data, verbatim: the `rulebook` and `rule` of findings refer to them. */
export function rulebookRoutes(app: FastifyInstance): void {
  registerOperation(app, 'GET /v1/rulebooks', openToAll, {
    operationId: 'listRulebooks',
    tags: ['rulebooks'],
    summary: 'List the laws and standards that Assay evaluates',
    description: 'Rulebooks are in the order of a Report’s findings, without their clauses.',
    querystring: Type.Object(pageProperties(UNPAGED_SIZE, UNPAGED_SIZE), { additionalProperties: false }),
    answers: {
      200: jsonResponse('One page of rulebooks, and further laws as context.', ListSchema, NEXT_LINK),
    },
    problems: BAD_QUERY,
    handler: async (request, reply) => {
      const books = loadRulebooks().map((book) => head(toPublishedRulebook(book, utcDay())));
      const { items, next } = slicePage(books, request.query, ({ id }) => id);
      return { rulebooks: items, watched: toPublishedWatchedLaw(), ...linkNextPage(request, reply, next) };
    },
  });

  registerOperation(app, 'GET /v1/rulebooks/:id', openToAll, {
    operationId: 'getRulebook',
    tags: ['rulebooks'],
    summary: 'Read one rulebook, clause by clause',
    description: 'Returns kind, trigger, periods, parts, sources and texts of each clause as data.',
    params: Type.Object({ id: Type.String({ description: 'Id of the rulebook, as in a finding.' }) }),
    answers: { 200: jsonResponse('The rulebook.', Type.Ref('Rulebook#')) },
    problems: { 404: 'There is no such rulebook.' },
    handler: async (request) => {
      const { id } = request.params;
      if (!listRulebookIds().includes(id)) throw new Problem('rulebook-not-found');
      const [book] = loadRulebooks([id]);
      return book && toPublishedRulebook(book, utcDay());
    },
  });
}

function head({ rules, id, jurisdiction, title, instrument, about, edition, digest }: PublishedRulebook) {
  const dates = rules.flatMap(({ periods }) =>
    periods.flatMap(({ from, until }) => [from, ...(until === undefined ? [] : [until])]),
  );
  return {
    id,
    jurisdiction,
    title,
    instrument,
    about,
    edition,
    ...(digest === undefined ? {} : { digest }),
    clauses: rules.length,
    notYetCompared: rules.filter(({ verified }) => !verified).length,
    dates: [...new Set(dates)].sort(),
  };
}
