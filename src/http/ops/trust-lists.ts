import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { translatorFor } from '../../i18n/translator.js';
import { toTrustStatusView } from '../../service/trust/published.js';
import { readTrustStatus } from '../../service/trust/status.js';
import { anyKey } from '../contract/access.js';
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
import type { Services } from '../services/services.js';

const NoteSchema = Type.Object(
  {
    code: Type.String(),
    words: Type.String({ description: 'The note given by `code`, as text for people.' }),
  },
  { title: 'TrustListNote' },
);

const Count = Type.Integer({ minimum: 0 });
const TrustListSchema = Type.Object(
  {
    file: Type.String({ description: 'Name within the trust folder.' }),
    title: Type.String(),
    installed: Type.Boolean(),
    shipped: Type.Optional(
      Type.Literal(true, {
        description: 'The dated copy that comes with Assay is in use, because none is installed.',
      }),
    ),
    sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    issueDate: Type.Optional(
      Type.String({ description: 'Date that the publisher gave the list, `YYYY-MM-DD`.' }),
    ),
    fetchedAt: Type.Optional(Type.String({ description: 'Time at which the list was fetched or imported.' })),
    ageDays: Type.Optional(Count),
    nextUpdate: Type.Optional(
      Type.String({ description: 'Time by which the publisher announced the next edition.' }),
    ),
    sequence: Type.Optional(Type.Integer({ minimum: 0, description: 'Publisher’s number of the edition.' })),
    url: Type.Optional(Type.String({ description: 'Address from which the list was fetched.' })),
    frozen: Type.Optional(
      Type.String({ description: 'Day since which the publisher no longer updates the list.' }),
    ),
    certificates: Type.Optional(
      Type.Object(
        { signers: Count, authorities: Count, allowed: Count },
        { description: 'Number of certificates by purpose; absent if the file could not be used.' },
      ),
    ),
    expired: Type.Optional(Count),
    products: Type.Optional(Count),
    faults: Type.Array(NoteSchema, { description: 'Faults that prevent the list from being used.' }),
    warnings: Type.Array(NoteSchema, {
      description: 'Warnings about a list that is used but needs attention.',
    }),
  },
  { title: 'TrustList' },
);

const ListSchema = Type.Object({
  trustLists: Type.Array(TrustListSchema),
  ...NEXT,
  faults: Type.Array(NoteSchema, {
    description: 'Faults of the folder, and of files in it that are not among these lists.',
  }),
});

/** Registers the status of the trust lists, which the `trust` of a Report's signer is based on. */
export function trustListRoutes(app: FastifyInstance, { config }: Pick<Services, 'config'>): void {
  registerOperation(app, 'GET /v1/trust-lists', anyKey, {
    operationId: 'listTrustLists',
    tags: ['knowledge'],
    summary: 'List the trust lists',
    description:
      'Returns the published lists, whether installed on this server or not, and the operator’s own anchors. ' +
      'The request fetches no list; `assay trust update` does.',
    querystring: Type.Object(pageProperties(UNPAGED_SIZE, UNPAGED_SIZE), { additionalProperties: false }),
    answers: {
      200: jsonResponse('Contents of the trust folder, as inspections read them.', ListSchema, NEXT_LINK),
    },
    problems: BAD_QUERY,
    handler: async (request, reply) => {
      const status = toTrustStatusView(
        await readTrustStatus(config.trustDir, new Date()),
        translatorFor('en'),
      );
      const { trustLists, faults } = toResponse(status);
      const { items, next } = slicePage(trustLists, request.query, ({ file }) => file);
      return { trustLists: items, faults, ...linkNextPage(request, reply, next) };
    },
  });
}

/** The path of the folder is not disclosed. */
function toResponse({ files, faults, warnings }: ReturnType<typeof toTrustStatusView>) {
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
