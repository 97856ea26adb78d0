import type { MultipartFile } from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LANGUAGES, type Language, matchLanguage } from '../../i18n/languages.js';
import { message } from '../../i18n/message.js';
import { BUNDLE_KINDS, type BundleKind } from '../../service/sealing/names.js';
import { openReceivedFile, type ReceivedFile } from '../../service/sealing/receive-bundle.js';
import { parseSealedAt } from '../../service/sealing/sealed-at.js';
import type { ZipStream } from '../../service/sealing/write.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import { actorOf, callerOf } from '../contract/access.js';
import { boundMessage } from '../contract/format-bytes.js';
import { httpLimits } from '../contract/limits.js';
import { badField, Problem } from '../contract/problems/problem.js';
import { unknownMemberProblem } from '../contract/problems/unknown-member.js';
import { withIdleTimeout } from '../guards/silent-body.js';
import { sendPrivate } from '../responses/send-inspection.js';
import { canReveal, revealRefusal } from '../services/disclosure.js';
import { strayFileProblem } from '../services/options/upload-fields.js';
import type { SealRequest } from '../services/sealing.js';
import type { Services } from '../services/services.js';
import { toMultipartProblem } from '../uploads/receive-upload.js';

const FIELDS = ['kind', 'at', 'lang'] as const;
type Fields = Partial<Record<(typeof FIELDS)[number], string>>;

/** Reads the options of a seal from JSON or form fields. Throws `Problem` for invalid ones. */
export function parseSealRequest(
  fields: Fields,
  defaultLanguage: Language,
): Omit<SealRequest, 'given' | 'actor'> {
  const { kind, at, lang } = fields;
  if (!isKind(kind)) throw badField('kind', message('problem.field.one', { names: BUNDLE_KINDS }));
  const language = lang === undefined ? defaultLanguage : matchLanguage(lang.trim());
  if (language === undefined) throw badField('lang', message('problem.field.one', { names: LANGUAGES }));
  return { kind, language, ...(at === undefined ? {} : { at: parseSealTime(at) }) };
}

const isKind = (word: string | undefined): word is BundleKind => BUNDLE_KINDS.some((kind) => kind === word);

function parseSealTime(text: string): Date {
  const at = parseSealedAt(text);
  if (at === undefined) throw badField('at', message('problem.seal-at'));
  return at;
}

/**
 * Throws `Problem` for a bundle with the file, which shows what the Report masks, unless the caller may see personal
 * data.
 */
export function assertFullAllowed(
  kind: BundleKind,
  request: FastifyRequest,
  services: Pick<Services, 'config'>,
): void {
  if (kind === 'full' && !canReveal(request, services)) throw revealRefusal('full');
}

/** Returns whether this server seals and the caller may request it. */
export const canSeal = (request: FastifyRequest, { sealing }: Pick<Services, 'sealing'>): boolean =>
  sealing.isEnabled && callerOf(request).scopes.has('inspect');

/** Fields of the form, with or without the file. `release` is called once nobody reads the file any more. */
export interface ReceivedSealForm {
  fields: Fields;
  given?: ReceivedFile;
  release(): Promise<void>;
}

/** Reads the form. The file is stored under a generated name only while it is used, and is held open. */
export async function receiveSealForm(
  request: FastifyRequest,
  services: Services,
): Promise<ReceivedSealForm> {
  if (!request.isMultipart()) throw new Problem('unsupported-media-type');
  const { uploads, admission } = services;
  const leave = admission.enter();
  const id = newInspectionId();
  let given: ReceivedFile | undefined;
  const release = async () => {
    leave();
    await given?.handle.close();
    await uploads
      .removeOf(id)
      .catch((err: unknown) => request.log.error({ err }, 'an upload could not be deleted'));
  };
  try {
    const path = uploads.file(id);
    const { fields, hasFile } = await withIdleTimeout(request, () => readParts(request, services, path));
    if (hasFile) given = await openReceivedFile(path);
    return { fields, ...(given && { given }), release };
  } catch (error) {
    await release();
    throw toMultipartProblem(error);
  }
}

async function readParts(
  request: FastifyRequest,
  services: Services,
  path: string,
): Promise<{ fields: Fields; hasFile: boolean }> {
  const fields: Fields = {};
  let hasFile = false;
  for await (const part of request.parts({ limits: partLimits(services.config.maxUploadBytes) })) {
    if (part.type === 'file') {
      if (hasFile) throw destroyPart(part, new Problem('several-files'));
      if (part.fieldname !== 'file') throw destroyPart(part, strayFileProblem(part.fieldname));
      // Refused before the bytes come, so that nobody uploads gigabytes in vain.
      if (part.filename && !canReveal(request, services)) throw destroyPart(part, revealRefusal('full'));
      hasFile = await receiveFile(part, services, path);
      continue;
    }
    const name = FIELDS.find((one) => one === part.fieldname);
    if (name === undefined) throw unknownMemberProblem(part.fieldname, [...FIELDS, 'file']);
    if (fields[name] !== undefined) throw badField(name, message('problem.field.once'));
    if (typeof part.value !== 'string' || part.valueTruncated === true)
      throw badField(name, message('problem.field.size', { most: boundMessage(httpLimits.fieldBytes) }));
    if (part.value.trim() !== '') fields[name] = part.value.trim();
  }
  return { fields, hasFile };
}

/** Returns false if an untouched form field sent an empty file. */
async function receiveFile(
  part: MultipartFile,
  { config, uploads }: Services,
  path: string,
): Promise<boolean> {
  const most = config.maxUploadBytes;
  const tooLarge = () =>
    new Problem('too-large', { detail: message('problem.too-large.file', { most: boundMessage(most) }) });
  part.file.once('limit', () => destroyPart(part, tooLarge()));
  const { bytes } = await uploads.write(path, part.file);
  if (part.file.truncated) throw tooLarge();
  if (bytes === 0 && part.filename) throw new Problem('file-empty');
  if (bytes === 0) await uploads.remove(path);
  return bytes > 0;
}

const partLimits = (fileSize: number) => ({
  fileSize,
  files: httpLimits.files,
  fields: httpLimits.fields,
  fieldSize: httpLimits.fieldBytes,
  parts: httpLimits.fields + httpLimits.files,
  headerPairs: httpLimits.headerPairsPerPart,
  headerSize: httpLimits.headerBytesPerPart,
});

function destroyPart(part: MultipartFile, problem: Problem): Problem {
  part.file.destroy(problem);
  return problem;
}

/** Streams the ZIP; the file it reads is released when the ZIP was sent, or its reader has gone. */
export async function sendSealed(
  reply: FastifyReply,
  record: InspectionRecord,
  ask: Omit<SealRequest, 'actor'>,
  { services, release }: { services: Services; release: () => Promise<void> },
): Promise<FastifyReply> {
  const actor = actorOf(reply.request);
  try {
    const zip = await services.sealing.seal(record, { ...ask, actor });
    zip.stream.once('close', () => void release().catch(() => undefined));
    return sendZip(reply, zip);
  } catch (error) {
    await release();
    throw error;
  }
}

export function sendZip(
  reply: FastifyReply,
  { stream, bytes, name }: ZipStream & { name: string },
): FastifyReply {
  // The client may have gone while the bundle was made.
  reply.raw.once('close', () => stream.destroy());
  if (reply.raw.destroyed) stream.destroy();
  return sendPrivate(reply)
    .header('content-disposition', `attachment; filename="${name}.zip"`)
    .header('content-length', bytes)
    .type('application/zip')
    .send(stream);
}
