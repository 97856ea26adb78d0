import { findBrowser, printWithChromium } from '../../../../src/service/pdf/chromium.ts';

/** Prints a page with the browser at this path or the installed one, and writes the PDF to standard output. */

const [chromium, folder] = process.argv.slice(2);
const browser = chromium === undefined ? findBrowser(process.env.PATH) : { chromium, folder };
process.stdout.write(await printWithChromium(browser, '<h1>a page</h1>'));
