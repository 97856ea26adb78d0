import Type from 'typebox';

/** OpenAPI descriptions of the upload routes; the library validates the requests. */

export const TUS_VERSION = '1.0.0';
export const BYTES_TYPE = 'application/offset+octet-stream';

const version = { 'Tus-Resumable': Type.Literal(TUS_VERSION) };
const count = (description: string) => Type.Integer({ minimum: 0, description });

export const TusHeadersSchema = Type.Object(version);
export const CreateHeadersSchema = Type.Object({
  ...version,
  'Upload-Length': Type.Optional(count('Bytes of the whole file.')),
  'Upload-Defer-Length': Type.Optional(
    Type.Literal('1', { description: 'In place of `Upload-Length`: it will be said later.' }),
  ),
  'Upload-Metadata': Type.Optional(
    Type.String({ description: 'Pairs of a name and a value in Base64, separated by commas.' }),
  ),
});
export const PatchHeadersSchema = Type.Object({
  ...version,
  'Upload-Offset': count('Where these bytes begin: what `HEAD` said last.'),
  'Upload-Length': Type.Optional(count('Where it was not said yet.')),
});
export const PartSchema = Type.String({ format: 'binary', description: 'Bytes of the file.' });

export const UploadSchema = Type.Object(
  {
    id: Type.String(),
    createdAt: Type.String({ description: 'RFC 3339, UTC.' }),
    expiresAt: Type.String({ description: 'Then it goes, finished or not.' }),
    offset: count('How many bytes have arrived.'),
    bytes: Type.Optional(count('Of the whole file; left out: not said yet.')),
    finished: Type.Boolean(),
  },
  { title: 'Upload', additionalProperties: false },
);

const ANSWER_HEADERS = {
  'Tus-Version': Type.String(),
  'Tus-Extension': Type.String(),
  'Tus-Max-Size': Type.String({ description: 'Bytes.' }),
  'Upload-Defer-Length': Type.Optional(Type.String()),
  'Upload-Expires': Type.Optional(Type.String({ description: 'HTTP date; left out once it is finished.' })),
  'Upload-Length': Type.Optional(Type.String({ description: 'Bytes.' })),
  'Upload-Metadata': Type.Optional(Type.String()),
  'Upload-Offset': Type.Optional(Type.String({ description: 'Bytes.' })),
};

export function uploadHeaders(...names: (keyof typeof ANSWER_HEADERS)[]) {
  return Object.fromEntries(names.map((name) => [name, ANSWER_HEADERS[name]]));
}
