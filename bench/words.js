/**
 * Measures the text that people read first: headline and sentences of the given files, or of all fixtures and of
 * `ASSAY_CORPUS_DIR`, in both languages. Exits with code 1 if a project bound is exceeded. `--list` prints every
 * distinct text with the number of files that have it, for reading aloud; `--pdf` also counts the sheets of
 * `report.pdf` as typeset without a browser. Trust lists: `ASSAY_TRUST_DIR`.
 */
import '../scripts/from-sources.js';

import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, extname, join } from 'node:path';
import { AS_OF, fixtureFiles } from '../fixtures/build/expected.js';
import { beginsWithPronoun, hasOr, median, widthOf, wordsIn } from './words-of.js';

const { createInspector } = await import('../src/inspect/pool/create-inspector.ts');
const { SIGNAL_ORIGINS } = await import('../src/core/detectors/signal-origins.ts');
const { renderOnePageText } = await import('../tests/core/renderers/rendered.ts');
const { renderPlainPdf: plainPdf } = await import('../src/service/pdf/plain.ts');
const { toPrintableReport: printableReport } = await import('../src/service/pdf/report-pdf.ts');
const { withHeadlineText } = await import('../src/core/report/message-lookup.ts');
const { signalRowOf: rowOf } = await import('../src/core/signals/index.ts');
const { translatorFor: speechOf } = await import('../src/i18n/translator.ts');

/** Notes and programs next to the files of a corpus. */
const NO_MEDIA = new Set([
  '.md',
  '.json',
  '.txt',
  '.py',
  '.js',
  '.ts',
  '.html',
  '.yml',
  '.yaml',
  '.pem',
  '.toml',
]);

const options = process.argv.slice(2).filter((one) => one.startsWith('--'));
const given = process.argv.slice(2).filter((one) => !one.startsWith('--'));
const corpus = process.env['ASSAY_CORPUS_DIR'];

const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((one) => one.isFile() && !NO_MEDIA.has(extname(one.name).toLowerCase()))
    .map((one) => ({ path: join(one.parentPath, one.name), deep: false }));

const files =
  given.length > 0
    ? given.map((path) => ({ path, deep: false }))
    : [...fixtureFiles(), ...(corpus ? filesIn(corpus) : [])];

/** Returns whether the file names the tool that made it, by whatever method. */
function namesTool({ summary: { declared }, signals }) {
  const traced = signals.some((signal) => {
    const { maker: by, decides } = rowOf(signal.id);
    if (decides === 'iptc-system') return signal.value !== undefined;
    if (signal.id === 'gb45438.provider.listed') return true;
    return (
      (by === 'generator' || by === 'proof' || by === 'watermark') &&
      SIGNAL_ORIGINS.originOf(signal) !== undefined &&
      (rowOf(signal.id).tool ?? SIGNAL_ORIGINS.toolOf(signal)) !== undefined
    );
  });
  return declared === undefined ? traced : declared.tool !== undefined;
}

const speeches = { en: speechOf('en'), zh: speechOf('zh-Hans') };

async function sheetsOf(report, speech) {
  const { blocks, ...sheet } = printableReport(report, speech, 'a4');
  const pdf = await plainPdf({ ...sheet, blocks: await blocks() });
  return pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
}

async function toldOf(report) {
  const { headline, messages, origin } = report.summary;
  const each = Object.values(speeches);
  const lines = each.map(
    (speech) => renderOnePageText(report, { color: false }, speech).trimEnd().split('\n').length,
  );
  const sheets = options.includes('--pdf')
    ? await Promise.all(each.map((speech) => sheetsOf(report, speech)))
    : [];
  const inEach = (speech) => ({
    headline: withHeadlineText(headline, speech).text ?? '',
    sentences: messages.sentence.map((one) => speech.say(one)),
  });
  return {
    en: inEach(speeches.en),
    zh: inEach(speeches.zh),
    ofAi: origin === 'ai-generated' || origin === 'ai-edited',
    lines: Math.max(...lines),
    sheets: Math.max(0, ...sheets),
    namesTool: namesTool(report),
    toolInHeadline: headline.params?.by === 'tool' || headline.id === 'headline.openTrace',
  };
}

const inspector = createInspector({
  jobs: cpus().length,
  ...(process.env['ASSAY_TRUST_DIR'] ? { trustDir: process.env['ASSAY_TRUST_DIR'] } : {}),
});
const all = [];
const left = [...files];
await Promise.all(
  cpus().map(async () => {
    for (let file = left.shift(); file !== undefined; file = left.shift()) {
      const { path, deep } = file;
      const report = await inspector.inspect({
        path,
        name: basename(path),
        asOf: AS_OF,
        engine: 'auto',
        deep,
      });
      all.push({ path, ...(await toldOf(report)) });
    }
  }),
);

if (options.includes('--list')) {
  const distinct = new Map();
  for (const one of all) {
    const key = JSON.stringify(one.en);
    distinct.set(key, [...(distinct.get(key) ?? []), one]);
  }
  for (const same of [...distinct.values()].sort((a, b) => b.length - a.length)) {
    const [{ path, en, zh }] = same;
    console.log(`\n${same.length} × ${path}\n${en.headline}\n  ${en.sentences.join(' ')}`);
    console.log(`${zh.headline}\n  ${zh.sentences.join('')}`);
  }
}

const both = (measure, of) => {
  const counts = all.map((one) => measure(of(one)));
  return `median ${median(counts)}, longest ${Math.max(...counts)}`;
};
const count = (is) => all.filter(is).length;
const share = (part, whole) =>
  whole === 0 ? '–' : `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;

const ofAi = all.filter((one) => one.ofAi);
const named = ofAi.filter((one) => one.namesTool);
console.log(`${all.length} files`);
console.log(
  `headline: words ${both(wordsIn, ({ en }) => en.headline)}; characters ${both(widthOf, ({ zh }) => zh.headline)}`,
);
console.log(
  `sentences together: words ${both(wordsIn, ({ en }) => en.sentences.join(' '))}; characters ${both(widthOf, ({ zh }) => zh.sentences.join(''))}`,
);
console.log(
  `longest sentence: ${Math.max(...all.flatMap(({ en }) => en.sentences.map(wordsIn)))} words, ${Math.max(...all.flatMap(({ zh }) => zh.sentences.map(widthOf)))} characters`,
);
const saysAi = ofAi.filter(({ en, zh }) => /\bAI\b|AI-/.test(en.headline) && /人工智能|AI/.test(zh.headline));
console.log(`AI files whose headline says AI: ${share(saysAi.length, ofAi.length)}`);
const toolNamed = named.filter((one) => one.toolInHeadline);
console.log(`AI files that name a tool, and the headline too: ${share(toolNamed.length, named.length)}`);

console.log(`lines on a terminal: ${both(Number, ({ lines }) => lines)}`);
if (options.includes('--pdf')) {
  console.log(`sheets of report.pdf: ${both(Number, ({ sheets }) => sheets)}`);
  const most = [...all].sort((a, b) => b.sheets - a.sheets).slice(0, 5);
  for (const { path, sheets } of most) console.log(`  ${sheets}: ${basename(path)}`);
}

const broken = {
  'headlines that begin with a pronoun': count(({ en }) => beginsWithPronoun(en.headline)),
  'sentences that begin with a pronoun': count(({ en }) => en.sentences.some(beginsWithPronoun)),
  'headlines over 12 words': count(({ en }) => wordsIn(en.headline) > 12),
  'headlines over 30 characters': count(({ zh }) => widthOf(zh.headline) > 30),
  'doubts with an “or”': count(({ en }) => hasOr(en.sentences.at(-1) ?? '')),
  'sentences over 30 words': count(({ en }) => en.sentences.some((one) => wordsIn(one) > 30)),
  'sentences over 60 characters': count(({ zh }) => zh.sentences.some((one) => widthOf(one) > 60)),
  'sums over 60 words': count(({ en }) => wordsIn(en.sentences.join(' ')) > 60),
  'sums over 120 characters': count(({ zh }) => widthOf(zh.sentences.join('')) > 120),
  'more than 20 lines on a terminal': count(({ lines }) => lines > 20),
  'more than three sentences': count(({ en }) => en.sentences.length > 3),
};
for (const [what, files] of Object.entries(broken)) console.log(`${what}: ${files}`);
if (Object.values(broken).some((files) => files > 0)) process.exitCode = 1;
if (saysAi.length < ofAi.length || toolNamed.length < 0.95 * named.length) process.exitCode = 1;
await inspector.close();
