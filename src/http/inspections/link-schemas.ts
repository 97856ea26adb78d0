import Type, { type Static } from 'typebox';
import { fetchLimits } from '../../service/fetching/fetch-limits.js';
import { FETCH_REFUSALS, MEDIUM_SOURCES } from '../../service/fetching/fetched.js';
import { JsonFieldsSchema } from '../services/options/upload-fields.js';

const closed = { additionalProperties: false } as const;
const address = (description: string) =>
  Type.String({ minLength: 1, maxLength: fetchLimits.urlCharacters, description });

/** JSON in place of a file, with a link to it. */
export const LinkRequestSchema = Type.Interface(
  [JsonFieldsSchema],
  {
    url: address('A link to a file, or to a page that shows some.'),
    page: Type.Optional(
      address(
        'The page on which `url` was chosen, as its 300 named it: what was exchanged for it is kept too.',
      ),
    ),
  },
  { ...closed, title: 'LinkAsk' },
);
export type LinkRequestBody = Static<typeof LinkRequestSchema>;

export const MediaSchema = Type.Object(
  {
    schema: Type.Literal('assay.media/1'),
    page: Type.Object(
      { url: Type.String(), title: Type.Optional(Type.String({ description: 'The page’s words.' })) },
      closed,
    ),
    media: Type.Array(
      Type.Object(
        {
          url: Type.String(),
          kind: Type.Enum(['image', 'video', 'audio', 'unknown']),
          from: Type.Enum([...MEDIUM_SOURCES], { description: 'Where in the page it stands.' }),
          width: Type.Optional(Type.Integer({ minimum: 0, description: 'Pixels, as the page says.' })),
          alt: Type.Optional(Type.String({ description: 'The page’s words.' })),
          refused: Type.Optional(
            Type.Enum([...FETCH_REFUSALS], { description: 'Why it would be refused, by its address alone.' }),
          ),
        },
        closed,
      ),
    ),
    leftOut: Type.Optional(Type.Integer({ minimum: 1, description: 'Media beyond those listed.' })),
    players: Type.Optional(
      Type.Array(
        Type.Object(
          { kind: Type.Enum(['frame', 'stream', 'script']), host: Type.Optional(Type.String()) },
          closed,
        ),
        { description: 'What plays there and names no file.' },
      ),
    ),
    isCut: Type.Optional(Type.Literal(true, { description: 'The page is longer than what is looked at.' })),
  },
  { ...closed, title: 'Media', description: 'What a page shows, to choose from. None of it was asked for.' },
);
export type MediaResponse = Static<typeof MediaSchema>;
