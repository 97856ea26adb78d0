import { Worker } from 'node:worker_threads';
import { buildFile } from '../../base/built-files.js';
import { findChineseFont } from '../ops/programs.js';
import { type Browser, findBrowser, printWithChromium } from './chromium.js';
import { PdfFault } from './pdf-fault.js';
import { pdfLimits } from './pdf-limits.js';
import type { PlainDocument } from './plain.js';
import { type Printable, renderPrintableHtml } from './printable.js';

export interface Printed {
  pdf: Uint8Array;
  /** Program that printed it: a sandboxed browser, or the library. */
  by: 'chromium' | 'pdfkit';
}

const CHINESE = /\p{Script=Han}/u;

/**
 * Makes PDFs, a few at a time. A browser prints them if it can be sandboxed; if it is missing or fails, or would print
 * boxes because the system has no Chinese font, a library that brings a font sets the same text more plainly.
 */
export class Printer {
  readonly #browser: Browser | undefined;
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #path: string;
  #hasChinese: Promise<boolean> | undefined;

  /** `path`: value of `PATH`, searched for programs. Empty: no browser. */
  constructor(path: string) {
    this.#path = path;
    this.#browser = findBrowser(path);
  }

  get browser(): Browser | undefined {
    return this.#browser;
  }

  /** Rejects with a PdfFault. */
  async print(printable: Printable): Promise<Printed> {
    await this.#acquire();
    try {
      if (this.#browser !== undefined && (await this.#hasFontsFor(printable))) {
        try {
          return { pdf: await printInBrowser(this.#browser, printable), by: 'chromium' };
        } catch (error) {
          // Containers may forbid bubblewrap; the library takes over then.
          if (!(error instanceof PdfFault)) throw error;
        }
      }
      return { pdf: await printOnThread(printable), by: 'pdfkit' };
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** Fonts are looked up once: whoever installs one starts the service again. */
  async #hasFontsFor({ article, title }: Printable): Promise<boolean> {
    if (!CHINESE.test(`${article}${title}`)) return true;
    this.#hasChinese ??= findChineseFont(this.#path).then((family) => family !== undefined);
    return this.#hasChinese;
  }

  async #acquire(): Promise<void> {
    if (this.#running >= pdfLimits.atOnce) {
      if (this.#waiting.length >= pdfLimits.waiting) {
        throw new PdfFault('pdf.busy', 'Too many PDFs are being made; ask again in a moment.');
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running += 1;
  }
}

/** Scales tried in turn until the content fits on one sheet. */
const SCALES = [1, 0.88, 0.76, 0.64, 0.5];

export async function printInBrowser(browser: Browser, printable: Printable): Promise<Uint8Array> {
  for (const scale of printable.isOneSheet ? SCALES : []) {
    const pdf = await printWithChromium(browser, renderPrintableHtml(printable, scale));
    if (countPages(pdf) <= 1 || scale === SCALES.at(-1)) return pdf;
  }
  return printWithChromium(browser, renderPrintableHtml(printable));
}

/** Counts the pages of a PDF; Chromium writes page objects uncompressed. */
const countPages = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;

function printOnThread({
  title,
  language,
  footer,
  paper,
  isOneSheet: oneSheet = false,
  madeAt,
  blocks,
}: Printable): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(buildFile('plain-worker.js'), {
      workerData: {
        title,
        language,
        footer,
        paper,
        isOneSheet: oneSheet,
        ...(madeAt && { madeAt }),
        blocks: blocks(),
      } satisfies PlainDocument,
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
