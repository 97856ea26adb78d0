import { Worker } from 'node:worker_threads';
import { builtFile } from '../core/ground/built.js';
import { type Browser, findBrowser, printWithChromium } from './chromium.js';
import { PdfFault } from './pdf-fault.js';
import { pdfLimits } from './pdf-limits.js';
import type { Plain } from './plain.js';
import { type Printable, printableHtml } from './printable.js';

export interface Printed {
  pdf: Uint8Array;
  /** Who set it: a browser in a sandbox, or the library. */
  by: 'chromium' | 'pdfkit';
}

/**
 * Makes PDFs, few at a time. A browser sets them where it can be shut in; where it is missing or fails, a library sets
 * the same words more plainly.
 */
export class Printer {
  readonly #browser: Browser | undefined;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** `path`: where programs are looked for, as in PATH. Empty: no browser. */
  constructor(path: string) {
    this.#browser = findBrowser(path);
  }

  get browser(): Browser | undefined {
    return this.#browser;
  }

  /** Rejects with a PdfFault. */
  async print(printable: Printable): Promise<Printed> {
    await this.#enter();
    try {
      if (this.#browser !== undefined) {
        try {
          return { pdf: await printInBrowser(this.#browser, printable), by: 'chromium' };
        } catch (error) {
          // Containers may forbid bubblewrap: then the library does it.
          if (!(error instanceof PdfFault)) throw error;
        }
      }
      return { pdf: await onThread(printable), by: 'pdfkit' };
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #enter(): Promise<void> {
    if (this.#running >= pdfLimits.atOnce) {
      if (this.#waiting.length >= pdfLimits.waiting) {
        throw new PdfFault('pdf.busy', 'Too many PDFs are being made; ask again in a moment.');
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running += 1;
  }
}

/** Of what has to go on one sheet, one after another until it does. */
const SCALES = [1, 0.8, 0.64, 0.5];

export async function printInBrowser(browser: Browser, printable: Printable): Promise<Uint8Array> {
  for (const scale of printable.oneSheet ? SCALES : []) {
    const pdf = await printWithChromium(browser, printableHtml(printable, scale));
    if (sheetsIn(pdf) <= 1 || scale === SCALES.at(-1)) return pdf;
  }
  return printWithChromium(browser, printableHtml(printable));
}

/** Of a PDF as Chromium writes it: its pages stand in it as they are. */
const sheetsIn = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;

function onThread({
  title,
  language,
  footer,
  paper,
  oneSheet = false,
  madeAt,
  blocks,
}: Printable): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(builtFile('plain-worker.js'), {
      workerData: {
        title,
        language,
        footer,
        paper,
        oneSheet,
        ...(madeAt && { madeAt }),
        blocks: blocks(),
      } satisfies Plain,
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: pdfLimits.plainHeapMegabytes },
    });
    const fail = (cause?: unknown) =>
      reject(new PdfFault('pdf.failed', 'The PDF could not be made.', { cause }));
    const overdue = setTimeout(() => {
      fail();
      void worker.terminate();
    }, pdfLimits.plainMillis);
    worker.on('message', (pdf: unknown) => (pdf instanceof Uint8Array ? resolve(pdf) : fail()));
    worker.on('error', fail);
    worker.on('exit', () => {
      clearTimeout(overdue);
      fail();
    });
  });
}
