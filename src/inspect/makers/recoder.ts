import { buildFile } from '../../base/built-files.js';
import { fault, type ReadFault } from '../../base/fault.js';
import { asRecord, ownMember } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import type { MissingPicture, PictureKind } from '../../core/media/pictures.js';
import { type CheckedPicture, type CheckedPictures, isPixelsOnlyWebp } from '../checks/pictures-check.js';
import { ProcessPool } from '../pool/process-pool.js';
import type { ReadingProcess } from '../process/reading-process.js';
import { stoppedError } from '../protocol/inspect-error.js';
import type { IsolationLimits } from '../protocol/isolation-limits.js';
import { faultForFailure } from '../protocol/process-faults.js';
import type { TenantKey } from '../protocol/tenant.js';
import type { Confinement } from '../sandbox/confinement.js';

/** Single fault for every problem with such a picture: only an attacker would need the details. */
export const PICTURE_REFUSED: ReadFault = fault('pictures.refused');

const RECODE_TIMEOUT = faultForFailure({ cause: 'budget', millis: limits.recodeMillis }, 0);

/**
 * Re-encodes pictures. The process that made them has read hostile bytes and may be compromised, and browsers decode
 * its output. A second process, which has not seen the file, decodes and re-encodes each picture, and only its output
 * is used. It serves one tenant, as every process here, and is discarded after any failure.
 */
export class Recoder {
  readonly #stock: ProcessPool;

  constructor(entry: string | undefined, bounds: IsolationLimits, confinement: Confinement) {
    this.#stock = new ProcessPool(entry ?? buildFile('reading/recode-child.js'), bounds, confinement);
  }

  /** Rejects only if no process is available, or when closed. */
  async recode<T extends CheckedPictures>({ made, missing, ...rest }: T, party?: TenantKey): Promise<T> {
    // Starting a process takes longer than its work; on a busy machine, many times as long.
    let end = performance.now() + limits.recodeMillis;
    let begun = false;
    let leftBytes: number = limits.picturesBytes;
    const anew: CheckedPicture[] = [];
    const refused = new Map<PictureKind, MissingPicture>();
    let process: ReadingProcess | undefined;
    try {
      for (const picture of made) {
        const left = end - performance.now();
        process ??= left <= 0 ? undefined : await this.#stock.take('small', left, { tenant: party });
        if (!begun) end = performance.now() + limits.recodeMillis;
        begun = true;
        const webp = process === undefined ? RECODE_TIMEOUT : await this.#one(picture, process, end);
        if (Buffer.isBuffer(webp)) {
          leftBytes -= webp.length;
          if (leftBytes >= 0) anew.push({ ...picture, webp });
          else refused.set(reportedKind(picture), { kind: reportedKind(picture), ...PICTURES_TOO_LARGE });
          continue;
        }
        refused.set(reportedKind(picture), { kind: reportedKind(picture), ...webp });
        // The process is discarded after a failure, so that later pictures are not affected.
        await process?.endFaulty();
        if (process !== undefined) this.#stock.release(process, 'small');
        process = undefined;
      }
    } finally {
      if (process !== undefined) this.#stock.release(process, 'small');
    }
    return { ...rest, made: anew, missing: [...missing, ...refused.values()] } as T;
  }

  async #one(
    { width, height, webp }: CheckedPicture,
    process: ReadingProcess,
    end: number,
  ): Promise<Buffer | ReadFault> {
    const taskMillis = limits.recodeMillis;
    lastTask += 1;
    const ending = await process.attempt(
      {
        task: lastTask,
        ...{ path: '', asOf: '', engine: 'auto', skip: {}, engineFaults: {} },
        output: 'recode',
        picture: { width, height, webp: webp.toString('base64') },
      },
      { leftMillis: end - performance.now(), stepMillis: taskMillis, taskMillis },
    );
    if (this.#stock.closed) throw stoppedError();
    return (ending.end === 'report' && parseWebp(ending.report)) || PICTURE_REFUSED;
  }

  async close(): Promise<void> {
    await this.#stock.close();
  }
}

const PICTURES_TOO_LARGE = fault('bound.pictures', { most: limits.picturesBytes });

let lastTask = 0;

/** This process is trusted no more than the other. */
function parseWebp(report: unknown): Buffer | undefined {
  const record = asRecord(report);
  const text = record && ownMember(record, 'webp');
  if (typeof text !== 'string') return undefined;
  const webp = Buffer.from(text, 'base64');
  return webp.length <= limits.smallPictureBytes && isPixelsOnlyWebp(webp) ? webp : undefined;
}

/** `claim` means that the active manifest's picture is missing; that of another manifest is reported as an ingredient's. */
const reportedKind = (picture: CheckedPicture): PictureKind =>
  picture.kind === 'claim' && !picture.active ? 'ingredient' : picture.kind;
