import Type from 'typebox';
import { messageMembers } from '../../base/message-schema.js';
import { translatorFor } from '../../i18n/translator.js';
import { CARRIERS } from '../media/carrier.js';
import { CORNERS } from '../media/visible-mark.js';
import { BACKINGS, TRACE_GRADES } from '../signals/backing.js';
import { SIGNAL_IDS } from '../signals/index.js';
import { PERSONAL } from '../signals/personal.js';

const { text: words } = translatorFor('en');

const pixels = (description: string) => Type.Integer({ minimum: 0, description });

const RegionSchema = Type.Object(
  {
    corner: Type.Enum([...CORNERS], {
      title: 'Corner',
      description: 'Corner of the picture as a viewer shows it.',
    }),
    left: pixels('Pixels from the left edge of the picture as a viewer shows it, EXIF rotation applied.'),
    top: pixels('Pixels from the upper edge.'),
    width: pixels('Width in pixels.'),
    height: pixels('Height in pixels.'),
    pictureWidth: pixels('Width of the whole picture as shown, to draw the region on a smaller copy.'),
    pictureHeight: pixels('Height of the whole picture as shown.'),
    correlation: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        description: 'Likeness to the drawn shape (normalised correlation). Not a probability.',
      }),
    ),
    seconds: Type.Optional(
      Type.Array(Type.Number({ minimum: 0 }), { description: 'Seconds from the start of a video.' }),
    ),
  },
  { title: 'Region', description: 'Where in the picture the mark is seen.', additionalProperties: false },
);

export const LocationSchema = Type.Object(
  {
    carrier: Type.Enum([...CARRIERS, 'file'], {
      title: 'CarrierOrFile',
      description: 'Carrier in the file’s structure.',
    }),
    locator: Type.String({
      description: 'Location within the carrier: JUMBF URI, XMP path, box path, chunk, or tag name.',
    }),
    offset: Type.Optional(Type.Integer({ minimum: 0, description: 'Bytes from the start of the file.' })),
    sidecar: Type.Optional(
      Type.Literal(true, { description: 'The signal was found in an XMP sidecar, not in the file.' }),
    ),
    row: Type.Optional(
      Type.String({
        description:
          'Row of docs/signatures.md, or mark of docs/visible-marks.md, that matched at this location.',
      }),
    ),
    region: Type.Optional(RegionSchema),
  },
  { title: 'Basis', additionalProperties: false },
);

const FactSchema = Type.Object(
  {
    name: Type.String({ description: 'Kind of fact: `model`, `prompt`, `seed`, `provider`, …' }),
    value: Type.Optional(
      Type.String({
        description:
          'Text from the file, shortened if long, or a result determined by Assay (`messages`). Absent if masked.',
      }),
    ),
    messages: messageMembers('value'),
    personal: Type.Optional(
      Type.Enum([...PERSONAL], {
        title: 'Personal',
        description:
          'Kind of personal data that the value is. The value is omitted unless that kind is revealed.',
      }),
    ),
  },
  { title: 'Fact', additionalProperties: false },
);

export const SignalSchema = Type.Object(
  {
    id: Type.Enum(SIGNAL_IDS, {
      title: 'SignalId',
      description: 'Id from the closed list in docs/signals.md.',
    }),
    backing: Type.Enum([...BACKINGS], {
      title: 'Backing',
      description: BACKINGS.map((id) => `\`${id}\`: ${words(`backing.${id}`)}`).join(' '),
    }),
    value: Type.Optional(
      Type.String({
        description: 'Text from the file, shortened if long, or a result determined by Assay (`messages`).',
      }),
    ),
    messages: messageMembers('value'),
    grade: Type.Optional(
      Type.Enum([...TRACE_GRADES], {
        title: 'Grade',
        description: TRACE_GRADES.map((id) => `\`${id}\`: ${words(`grade.${id}`)}`).join(' '),
      }),
    ),
    facts: Type.Optional(
      Type.Array(FactSchema, { description: 'Facts parsed at these locations, as written in the file.' }),
    ),
    basis: Type.Array(LocationSchema, { minItems: 1 }),
  },
  { title: 'Signal', additionalProperties: false },
);
