import type { Report } from '../core/report/report.js';
import type { InspectRequest } from '../isolation/inspector.js';
import type { PictureMaker } from '../isolation/pictures.js';
import type { CheckedPictures } from '../isolation/pictures-check.js';
import type { InspectionStore } from '../store/inspections.js';
import { albumOf } from '../worker/album.js';
import { makePictures, mayHavePictures } from '../worker/pictures.js';
import type { AfterAnswers } from './after-answers.js';

type File = Pick<InspectRequest, 'path' | 'sidecarPath' | 'party'>;

/**
 * Pictures of what is answered at the door. Whoever waits for a page gets them with it; a program gets its Report
 * first, and they are made while the file is held a moment longer.
 */
export class PictureMaking {
  readonly #maker: PictureMaker | undefined;
  readonly #inspections: InspectionStore;
  readonly #after: AfterAnswers;
  readonly #onError: (error: unknown) => void;

  /** Without a maker nothing is made. */
  constructor(
    maker: PictureMaker | undefined,
    inspections: InspectionStore,
    after: AfterAnswers,
    onError: (error: unknown) => void,
  ) {
    this.#maker = maker;
    this.#inspections = inspections;
    this.#after = after;
    this.#onError = onError;
  }

  /** Beside the inspection. Never rejects: a report is worth more than its pictures. */
  async now(file: File): Promise<CheckedPictures | undefined> {
    if (this.#maker === undefined) return undefined;
    return makePictures(file, this.#maker, { soon: true }).catch((error: unknown) => {
      if (!this.#after.closed) this.#onError(error);
      return undefined;
    });
  }

  /** After the answer, where none are kept yet. */
  later({ tenant, id }: { tenant: string; id: string }, file: File, report: Report): void {
    const maker = this.#maker;
    if (maker === undefined || !mayHavePictures(report)) return;
    this.#after.begin(id, async () => {
      if (await this.#inspections.getDerivative(tenant, id, 'pictures')) return;
      const pictures = await makePictures(file, maker);
      await this.#inspections.putDerivatives(tenant, id, albumOf(report, pictures));
    });
  }

  /** Those under way are given up. */
  async close(): Promise<void> {
    await this.#maker?.close();
  }
}
