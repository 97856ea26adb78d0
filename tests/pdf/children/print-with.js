import { findBrowser, printWithChromium } from '../../../src/pdf/chromium.ts';

/** Prints a page, with the browser at this path or the one this machine has, and says the PDF on its standard output. */

const [chromium, folder] = process.argv.slice(2);
const browser = chromium === undefined ? findBrowser(process.env.PATH) : { chromium, folder };
process.stdout.write(await printWithChromium(browser, '<h1>a page</h1>'));
