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
    url: address('Link to a media file, or to a page that shows media files.'),
    page: Type.Optional(
      address(
        'Address of the page on which `url` was chosen, as given in the 300 response; the HTTP exchanges for that page are stored too.',
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
      {
        url: Type.String(),
        title: Type.Optional(Type.String({ description: 'Text as written in the page.' })),
      },
      closed,
    ),
    media: Type.Array(
      Type.Object(
        {
          url: Type.String(),
          kind: Type.Enum(['image', 'video', 'audio', 'unknown']),
          from: Type.Enum([...MEDIUM_SOURCES], {
            description: 'Place in the page where the medium was found.',
          }),
          width: Type.Optional(
            Type.Integer({ minimum: 0, description: 'Width in pixels, as stated by the page.' }),
          ),
          alt: Type.Optional(Type.String({ description: 'Text as written in the page.' })),
          refused: Type.Optional(
            Type.Enum([...FETCH_REFUSALS], {
              description: 'Reason why a request would be refused, judged by the address alone.',
            }),
          ),
        },
        closed,
      ),
    ),
    leftOut: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Number of further media in the page that are not listed.' }),
    ),
    players: Type.Optional(
      Type.Array(
        Type.Object(
          { kind: Type.Enum(['frame', 'stream', 'script']), host: Type.Optional(Type.String()) },
          closed,
        ),
        { description: 'Players in the page for which the page gives no media file.' },
      ),
    ),
    isCut: Type.Optional(
      Type.Literal(true, { description: 'Set if the page is longer than the part that Assay reads.' }),
    ),
  },
  {
    ...closed,
    title: 'Media',
    description: 'Media that a page shows, to choose from. Assay has requested none of them.',
  },
);
export type MediaResponse = Static<typeof MediaSchema>;
