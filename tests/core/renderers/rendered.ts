import { compareReports } from '../../../src/core/page/compare.js';
import { buildPage } from '../../../src/core/page/page.js';
import type { Viewer } from '../../../src/core/page/viewer.js';
import { renderCompareHtml as compareHtml } from '../../../src/core/renderers/html/compare.js';
import {
  renderArticle as articleOf,
  renderOnePageHtml as onePageOf,
} from '../../../src/core/renderers/html/html.js';
import type { OnePageOptions } from '../../../src/core/renderers/html/one-page.js';
import { renderOnePageText as onePageTextOf } from '../../../src/core/renderers/text/one-page.js';
import type { TextOptions } from '../../../src/core/renderers/text/plain.js';
import { renderText as textOf } from '../../../src/core/renderers/text/text.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { type Translator, translatorFor } from '../../../src/i18n/translator.js';

/** Reports rendered in one step, for tests: the page of a Report is built and drawn. */

export const renderArticle = (
  report: StoredReport,
  translator: Translator = translatorFor('en'),
  { figures, evidence, inspected, isPaper, hasPart, ...options }: Viewer & OnePageOptions = {},
) =>
  articleOf(
    buildPage(report, translator, { figures, evidence, inspected, hasPart, ...(isPaper ? { isPaper } : {}) }),
    translator,
    options,
  );

export const renderHtml = (
  report: StoredReport,
  translator: Translator = translatorFor('en'),
  figures?: Viewer['figures'],
  evidence?: Viewer['evidence'],
): string => renderArticle(report, translator, { figures, evidence }).toString();

export const renderText = (
  report: StoredReport,
  options: TextOptions,
  translator: Translator = translatorFor('en'),
): string => textOf(buildPage(report, translator), options, translator);

export const renderOnePageText = (
  report: StoredReport,
  options: TextOptions,
  translator: Translator = translatorFor('en'),
): string => onePageTextOf(buildPage(report, translator), options, translator);

export const renderCompareHtml = (
  first: StoredReport,
  second: StoredReport,
  translator: Translator,
  likeness?: Parameters<typeof compareReports>[3],
) => compareHtml(compareReports(first, second, translator, likeness), translator);

export const renderOnePageHtml = (report: StoredReport, translator: Translator = translatorFor('en')) =>
  onePageOf(buildPage(report, translator), translator);
