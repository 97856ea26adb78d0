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
    Type.Literal('1', { description: 'Instead of `Upload-Length`: the client will send the length later.' }),
  ),
  'Upload-Metadata': Type.Optional(
    Type.String({ description: 'Pairs of a name and a value in Base64, separated by commas.' }),
  ),
});
export const PatchHeadersSchema = Type.Object({
  ...version,
  'Upload-Offset': count('Offset at which these bytes begin, as last returned by `HEAD`.'),
  'Upload-Length': Type.Optional(count('Size of the whole file in bytes, if it was not sent before.')),
});
export const PartSchema = Type.String({ format: 'binary', description: 'Bytes of the file.' });

export const UploadSchema = Type.Object(
  {
    id: Type.String(),
    createdAt: Type.String({ description: 'RFC 3339, UTC.' }),
    expiresAt: Type.String({ description: 'Time at which the upload is deleted, finished or not.' }),
    offset: count('Number of bytes received.'),
    bytes: Type.Optional(count('Size of the whole file in bytes; absent if not yet known.')),
    finished: Type.Boolean(),
  },
  { title: 'Upload', additionalProperties: false },
);

const ANSWER_HEADERS = {
  'Tus-Version': Type.String(),
  'Tus-Extension': Type.String(),
  'Tus-Max-Size': Type.String({ description: 'Bytes.' }),
  'Upload-Defer-Length': Type.Optional(Type.String()),
  'Upload-Expires': Type.Optional(
    Type.String({ description: 'Expiry of the upload as an HTTP date; absent once it is finished.' }),
  ),
  'Upload-Length': Type.Optional(Type.String({ description: 'Bytes.' })),
  'Upload-Metadata': Type.Optional(Type.String()),
  'Upload-Offset': Type.Optional(Type.String({ description: 'Bytes.' })),
};

export function uploadHeaders(...names: (keyof typeof ANSWER_HEADERS)[]) {
  return Object.fromEntries(names.map((name) => [name, ANSWER_HEADERS[name]]));
}
