import { table } from '../core/ground/table.js';

/**
 * What components call the problems that several operations answer in the same words. Short, as each stands in dozens of
 * places, and telling, as people read them there. Words that come to stand in a second operation want a name here.
 */
const NAMES: Readonly<Record<string, string>> = table({
  'A field has a value that cannot be used, or the body is not JSON.': 'BadField',
  'A header that tus asks for is missing, or breaks its rules.': 'BadTus',
  'A member cannot be used, or the body is not JSON.': 'BadBody',
  'A member has a value that cannot be used.': 'BadMember',
  'A member of the query is not known here.': 'BadQuery',
  'A parameter has a value that cannot be used.': 'BadValue',
  'Another request is at this upload and does not make way; or all places are taken.': 'UploadBusy',
  'As many streams as this server keeps are open.': 'ManyStreams',
  'It was changed since it was read: `If-Match` names none of now.': 'Changed',
  'None is kept.': 'NotKept',
  'That is no id.': 'BadId',
  'The `Idempotency-Key` cannot be used, or the address asks another question.': 'BadOnce',
  'The `Idempotency-Key` was used for another request.': 'UsedOnce',
  'The body is neither multipart/form-data, nor JSON, nor a photo, video or sound.': 'NotMedia',
  'The body is not JSON.': 'NotJson',
  'The body is not application/offset+octet-stream.': 'NotBytes',
  'The file is too large.': 'FileTooLarge',
  'The first request with this `Idempotency-Key` is under way.': 'UnderWay',
  'The header “Tus-Resumable” names no version that is spoken here.': 'OtherTus',
  'The inspection is not done.': 'NotDone',
  'The key lacks a scope.': 'LacksScope',
  'The key lacks the scope `admin`.': 'NotAdmin',
  'The search cannot be done just now.': 'NoSearch',
  'The stored report cannot be read, or the PDF could not be made.': 'NotPrinted',
  'The stored report cannot be read.': 'NotRead',
  'The time-stamping authority gave no answer that holds.': 'NoTimestamp',
  'There is no such batch, or no longer.': 'NoBatch',
  'There is no such case or item, or no longer.': 'NoCase',
  'There is no such collection or item, or no longer.': 'NoCollection',
  'There is no such key.': 'NoSuchKey',
  'There is no such report, or no longer.': 'NoReport',
  'There is no such report, or no such picture of it, and why.': 'NoPicture',
  'There is no such upload, or no longer.': 'NoUpload',
  'There is no such webhook.': 'NoWebhook',
  'There is none, or no longer.': 'None',
  'Too many PDFs are being made.': 'ManyPdfs',
  'What the first request with this `Idempotency-Key` made was deleted.': 'Gone',
});

export function nameOfAnswer(description: string): string {
  const name = NAMES[description];
  if (name === undefined) throw new Error(`no name for what several operations answer: ${description}`);
  return name;
}
