import type { MultipartFile } from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LANGUAGES, type Language, languageOf } from '../say/languages.js';
import { said } from '../say/said.js';
import { KINDS, type Kind } from '../seal/names.js';
import { openReceived, type Received } from '../seal/received.js';
import { sealedAtIn } from '../seal/sealed-at.js';
import type { ZipStream } from '../seal/write.js';
import { newInspectionId } from '../store/inspection-id.js';
import type { InspectionRecord } from '../store/inspections.js';
import { actorOf, callerOf } from './access.js';
import { boundSaid } from './format-bytes.js';
import { httpLimits } from './limits.js';
import { badField, Problem } from './problem.js';
import { multipartProblem } from './receive-upload.js';
import type { SealAsk } from './sealing.js';
import { sendPrivate } from './send-inspection.js';
import type { Services } from './services.js';
import { mayReveal, notRevealed } from './shown.js';
import { whileBodyComes } from './silent-body.js';
import { unknownMember } from './unknown-member.js';
import { strayFile } from './upload-fields.js';

const FIELDS = ['kind', 'at', 'lang'] as const;
type Fields = Partial<Record<(typeof FIELDS)[number], string>>;

/** What is asked by fields, from whichever door; an empty one asks nothing. */
export function sealAsk(fields: Fields, usual: Language): Omit<SealAsk, 'given' | 'actor'> {
  const { kind, at, lang } = fields;
  if (!isKind(kind)) throw badField('kind', said('problem.field.one', { names: KINDS }));
  const language = lang === undefined ? usual : languageOf(lang.trim());
  if (language === undefined) throw badField('lang', said('problem.field.one', { names: LANGUAGES }));
  return { kind, language, ...(at === undefined ? {} : { at: timeOf(at) }) };
}

const isKind = (word: string | undefined): word is Kind => KINDS.some((kind) => kind === word);

function timeOf(text: string): Date {
  const at = sealedAtIn(text);
  if (at === undefined) throw badField('at', said('problem.seal-at'));
  return at;
}

/** A bundle with the file shows what the Report masks: whoever may not see that gets none. */
export function refuseFull(kind: Kind, request: FastifyRequest, services: Pick<Services, 'config'>): void {
  if (kind === 'full' && !mayReveal(request, services)) throw notRevealed('full');
}

/** Whether a bundle can be made here, and by whoever asks. */
export const maySeal = (request: FastifyRequest, { sealing }: Pick<Services, 'sealing'>): boolean =>
  sealing.on && callerOf(request).scopes.has('inspect');

/** What came as a form, with or without the file. `release`: once nobody reads the file any more. */
export interface ReceivedAsk {
  fields: Fields;
  given?: Received;
  release(): Promise<void>;
}

/** The file is here no longer than it takes: under a name of ours, open. */
export async function receiveSealForm(request: FastifyRequest, services: Services): Promise<ReceivedAsk> {
  if (!request.isMultipart()) throw new Problem('unsupported-media-type');
  const { uploads, admission } = services;
  const leave = admission.enter();
  const id = newInspectionId();
  let given: Received | undefined;
  const release = async () => {
    leave();
    await given?.handle.close();
    await uploads
      .removeOf(id)
      .catch((err: unknown) => request.log.error({ err }, 'an upload could not be deleted'));
  };
  try {
    const path = uploads.file(id);
    const { fields, hasFile } = await whileBodyComes(request, () => readParts(request, services, path));
    if (hasFile) given = await openReceived(path);
    return { fields, ...(given && { given }), release };
  } catch (error) {
    await release();
    throw multipartProblem(error);
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
      if (hasFile) throw refuse(part, new Problem('several-files'));
      if (part.fieldname !== 'file') throw refuse(part, strayFile(part.fieldname));
      // Nobody is let send gigabytes for what they may not have.
      if (part.filename && !mayReveal(request, services)) throw refuse(part, notRevealed('full'));
      hasFile = await takeFile(part, services, path);
      continue;
    }
    const name = FIELDS.find((one) => one === part.fieldname);
    if (name === undefined) throw unknownMember(part.fieldname, [...FIELDS, 'file']);
    if (fields[name] !== undefined) throw badField(name, said('problem.field.once'));
    if (typeof part.value !== 'string' || part.valueTruncated === true)
      throw badField(name, said('problem.field.size', { most: boundSaid(httpLimits.fieldBytes) }));
    if (part.value.trim() !== '') fields[name] = part.value.trim();
  }
  return { fields, hasFile };
}

/** False where an untouched form field sent none. */
async function takeFile(part: MultipartFile, { config, uploads }: Services, path: string): Promise<boolean> {
  const most = config.maxUploadBytes;
  const tooLarge = () =>
    new Problem('too-large', { detail: said('problem.too-large.file', { most: boundSaid(most) }) });
  part.file.once('limit', () => refuse(part, tooLarge()));
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

function refuse(part: MultipartFile, problem: Problem): Problem {
  part.file.destroy(problem);
  return problem;
}

/** The ZIP as it is made; what is read for it is put away when it was sent, or nobody takes it any more. */
export async function sendSealed(
  reply: FastifyReply,
  record: InspectionRecord,
  ask: Omit<SealAsk, 'actor'>,
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
  // Whoever asked may have gone while it was made.
  reply.raw.once('close', () => stream.destroy());
  if (reply.raw.destroyed) stream.destroy();
  return sendPrivate(reply)
    .header('content-disposition', `attachment; filename="${name}.zip"`)
    .header('content-length', bytes)
    .type('application/zip')
    .send(stream);
}
