import { lookupTable } from '../../base/table.js';

/**
 * Component names of the problem answers that several operations describe in the same words. They are short, because
 * each is referenced dozens of times, and descriptive, because people read them there. Each description that a second
 * operation comes to use needs a name here.
 */
const NAMES: Readonly<Record<string, string>> = lookupTable({
  'A field has a value that cannot be used, or the body is not JSON.': 'BadField',
  'A header that tus requires is missing or invalid.': 'InvalidTusHeader',
  'A member cannot be used, or the body is not JSON.': 'BadBody',
  'A member has a value that cannot be used.': 'BadMember',
  'The query contains an unknown parameter.': 'BadQuery',
  'A parameter has a value that cannot be used.': 'BadValue',
  'Another request is using this upload and does not stop, or the server has no capacity left for uploads.':
    'UploadBusy',
  'The maximum number of streams of this server is open.': 'TooManyStreams',
  'The resource was changed since it was read: `If-Match` does not contain its current `ETag`.': 'Changed',
  'The server stores no such file.': 'NotStored',
  'The id is malformed.': 'BadId',
  'The `Idempotency-Key` is invalid, or the URL contains unsupported parameters.': 'InvalidIdempotencyKey',
  'The `Idempotency-Key` was used for another request.': 'IdempotencyKeyReused',
  'The body is neither multipart/form-data, nor JSON, nor a photo, video or sound.': 'UnsupportedUpload',
  'The body is not JSON.': 'InvalidJson',
  'The body is not application/offset+octet-stream.': 'InvalidTusBody',
  'The file is too large.': 'FileTooLarge',
  'The first request with this `Idempotency-Key` is under way.': 'RequestInProgress',
  'The header “Tus-Resumable” names a version that this server does not support.': 'UnsupportedTusVersion',
  'The inspection is not done.': 'NotDone',
  'The key lacks a scope.': 'MissingKeyScope',
  'The key lacks the scope `admin`.': 'MissingAdminScope',
  'The search cannot be done just now.': 'SearchUnavailable',
  'The stored report cannot be read, or the PDF could not be made.': 'PdfFailed',
  'The stored report cannot be read.': 'ReportUnreadable',
  'The timestamp authority gave no valid response.': 'TimestampFailed',
  'There is no such batch, or no longer.': 'BatchNotFound',
  'There is no such case or item, or no longer.': 'CaseNotFound',
  'There is no such collection or item, or no longer.': 'CollectionNotFound',
  'There is no such key.': 'KeyNotFound',
  'There is no such report, or no longer.': 'ReportNotFound',
  'The report or this picture of it does not exist; `detail` gives the reason.': 'PictureNotFound',
  'There is no such upload, or no longer.': 'UploadNotFound',
  'There is no such webhook.': 'WebhookNotFound',
  'The resource does not exist, or no longer exists.': 'NotFound',
  'Too many PDFs are being made.': 'TooManyPdfs',
  'What the first request with this `Idempotency-Key` made was deleted.': 'ResultDeleted',
});

export function responseName(description: string): string {
  const name = NAMES[description];
  if (name === undefined) throw new Error(`no name for what several operations answer: ${description}`);
  return name;
}
