import { builtFile } from '../core/ground/built.js';
import { fault, type ReadFault } from '../core/ground/fault.js';
import { asRecord, member } from '../core/ground/json-shape.js';
import { limits } from '../core/ground/limits.js';
import type { MissingPicture, PictureKind } from '../core/media/pictures.js';
import type { Confinement } from './confinement.js';
import { faultOf } from './faults.js';
import { stopped } from './inspect-error.js';
import type { IsolationLimits } from './isolation-limits.js';
import type { Party } from './party.js';
import { type CheckedPicture, type CheckedPictures, isBareWebp } from './pictures-check.js';
import { ProcessStock } from './process-stock.js';
import type { ReadingProcess } from './reading-process.js';

/** Told for all that is wrong with such a picture: what exactly, only whoever sent it could want to know. */
export const REFUSED: ReadFault = fault('pictures.refused');

const TOO_LATE = faultOf({ cause: 'budget', millis: limits.recodeMillis }, 0);

/**
 * Who made the pictures of a file has read hostile bytes and may be the file's by now; browsers decode what it gives.
 * So a second process, which has seen nothing of the file, decodes each picture and encodes it anew, and only what comes
 * from there goes on. It works for one party, as every process here, and none that something was wrong with goes on.
 */
export class Recoder {
  readonly #stock: ProcessStock;

  constructor(entry: string | undefined, bounds: IsolationLimits, confinement: Confinement) {
    this.#stock = new ProcessStock(entry ?? builtFile('reading/recode-child.js'), bounds, confinement);
  }

  /** Rejects only where no process can be had, or when closed. */
  async recode<T extends CheckedPictures>({ made, missing, ...rest }: T, party?: Party): Promise<T> {
    // To start a process takes longer than its work; on a busy machine many times as long.
    let end = performance.now() + limits.recodeMillis;
    let begun = false;
    let leftBytes: number = limits.picturesBytes;
    const anew: CheckedPicture[] = [];
    const refused = new Map<PictureKind, MissingPicture>();
    let process: ReadingProcess | undefined;
    try {
      for (const picture of made) {
        const left = end - performance.now();
        process ??= left <= 0 ? undefined : await this.#stock.take('small', left, { party });
        if (!begun) end = performance.now() + limits.recodeMillis;
        begun = true;
        const webp = process === undefined ? TOO_LATE : await this.#one(picture, process, end);
        if (Buffer.isBuffer(webp)) {
          leftBytes -= webp.length;
          if (leftBytes >= 0) anew.push({ ...picture, webp });
          else refused.set(kindTold(picture), { kind: kindTold(picture), ...TOO_LARGE_TOGETHER });
          continue;
        }
        refused.set(kindTold(picture), { kind: kindTold(picture), ...webp });
        // Whatever was wrong with that one, none after it comes where it was.
        await process?.fault();
        if (process !== undefined) this.#stock.giveBack(process, 'small');
        process = undefined;
      }
    } finally {
      if (process !== undefined) this.#stock.giveBack(process, 'small');
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
    if (this.#stock.closed) throw stopped();
    return (ending.end === 'report' && webpIn(ending.report)) || REFUSED;
  }

  async close(): Promise<void> {
    await this.#stock.close();
  }
}

const TOO_LARGE_TOGETHER = fault('bound.pictures', { most: limits.picturesBytes });

let lastTask = 0;

/** This process is believed no more than the other. */
function webpIn(report: unknown): Buffer | undefined {
  const record = asRecord(report);
  const text = record && member(record, 'webp');
  if (typeof text !== 'string') return undefined;
  const webp = Buffer.from(text, 'base64');
  return webp.length <= limits.smallPictureBytes && isBareWebp(webp) ? webp : undefined;
}

/** `claim` says that the active manifest's is missing; another one's stands with an ingredient. */
const kindTold = (picture: CheckedPicture): PictureKind =>
  picture.kind === 'claim' && !picture.active ? 'ingredient' : picture.kind;
