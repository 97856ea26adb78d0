import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { speechOf } from '../../say/speech.js';
import { statusTold } from '../../trust-lists/published.js';
import { trustStatus } from '../../trust-lists/status.js';
import { anyKey } from '../access.js';
import { MOST_KNOWN, NEXT, NEXT_LINK, nextPage, pageProperties, pageWithin } from '../paging.js';
import { BAD_QUERY, jsonAnswer, problemAnswers, type TypeBoxProvider } from '../schemas.js';
import type { Services } from '../services.js';

const NoteSchema = Type.Object(
  { code: Type.String(), words: Type.String({ description: 'The same for people.' }) },
  { title: 'TrustListNote' },
);

const Count = Type.Integer({ minimum: 0 });
const TrustListSchema = Type.Object(
  {
    file: Type.String({ description: 'Name within the trust folder.' }),
    title: Type.String(),
    installed: Type.Boolean(),
    sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    issueDate: Type.Optional(Type.String({ description: 'The publisher’s date, `YYYY-MM-DD`.' })),
    fetchedAt: Type.Optional(Type.String({ description: 'When it was fetched or imported.' })),
    ageDays: Type.Optional(Count),
    url: Type.Optional(Type.String({ description: 'Where it was fetched from.' })),
    frozen: Type.Optional(Type.String({ description: 'The day since which its publisher lets it be.' })),
    certificates: Type.Optional(
      Type.Object(
        { signers: Count, authorities: Count, allowed: Count },
        { description: 'By what they are there for; left out where the file could not be used.' },
      ),
    ),
    expired: Type.Optional(Count),
    products: Type.Optional(Count),
    faults: Type.Array(NoteSchema, { description: 'What keeps it from being used.' }),
    warnings: Type.Array(NoteSchema, { description: 'It is used, and should be looked after.' }),
  },
  { title: 'TrustList' },
);

const ListSchema = Type.Object({
  trustLists: Type.Array(TrustListSchema),
  ...NEXT,
  faults: Type.Array(NoteSchema, { description: 'Of the folder, and of files that are none of these.' }),
});

/** Who is vouched for here: what the `trust` of a Report's signer was held against. */
export function trustListRoutes(instance: FastifyInstance, { config }: Pick<Services, 'config'>): void {
  instance.withTypeProvider<TypeBoxProvider>().route({
    method: 'GET',
    url: '/v1/trust-lists',
    config: anyKey,
    schema: {
      operationId: 'listTrustLists',
      tags: ['knowledge'],
      summary: 'List the trust lists that are installed',
      description:
        'The published lists, whether installed here or not, and the operator’s own anchors. ' +
        'Nothing is fetched by asking: `assay trust update` does that.',
      querystring: Type.Object(pageProperties(MOST_KNOWN, MOST_KNOWN), { additionalProperties: false }),
      response: {
        200: jsonAnswer(
          'What lies in the trust folder, read the way inspections read it.',
          ListSchema,
          NEXT_LINK,
        ),
        ...problemAnswers(BAD_QUERY),
      },
    },
    handler: async (request, reply) => {
      const status = statusTold(await trustStatus(config.trustDir, new Date()), speechOf('en'));
      const { trustLists, faults } = answerOf(status);
      const { items, next } = pageWithin(trustLists, request.query, ({ file }) => file);
      return { trustLists: items, faults, ...nextPage(request, reply, next) };
    },
  });
}

/** Where the folder stands on the disk is nobody's business outside. */
function answerOf({ files, faults, warnings }: ReturnType<typeof statusTold>) {
  const faultsOf = (names: (file: string) => boolean) =>
    faults.filter(({ file }) => names(file)).map(({ code, reason }) => ({ code, words: reason }));
  return {
    trustLists: files.map(({ previous: _kept, ...file }) => ({
      ...file,
      faults: faultsOf((name) => name === file.file),
      warnings: warnings
        .filter((warning) => warning.file === file.file)
        .map(({ code, text }) => ({ code, words: text })),
    })),
    faults: faultsOf((name) => !files.some(({ file }) => file === name)),
  };
}
