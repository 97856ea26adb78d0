import type { Translator } from '../../../i18n/translator.js';
import type { StoredReport } from '../../report/report.js';
import { findActiveManifest, isMarkStep, listVersions, type Manifest } from '../../standing/versions.js';
import { findStepTool } from '../../summary/sentence/tools.js';
import { punctuationFor } from '../marks.js';
import type { RunLine, TextRun } from '../runs.js';
import { actionName, sourceTypeName } from './action-line.js';
import { type Figure, type Figures, findIngredientFigure, findManifestFigure } from './figures.js';
import {
  activeIntegrityText,
  definedLines,
  NAME_CHARACTERS,
  signerLine,
  timeLine,
} from './manifest-lines.js';
import { isRedaction } from './redaction-lines.js';

/** The chain of earlier versions up to this file as a strip, oldest first. The history tree has everything in it and more. */
export interface Strip {
  /** Warning that the history may not be read as a fact of this file. */
  caution?: string;
  steps: StripStep[];
}

/** A manifest, an earlier version without one, or several steps that are left out. */
export interface StripStep {
  title: RunLine;
  /** Each line is one fact: what was done, with which tool, who signed it, when. */
  lines: RunLine[];
  picture?: Figure;
  isThisFile?: true;
}

/** More manifests than this are shown as the first, the number between, and the last two. */
const MAX_STEPS = 4;
const MAX_VERBS = 6;

/** Returns `undefined` if the file has no manifests. */
export function buildStrip(
  report: StoredReport,
  translator: Translator,
  figures?: Figures,
): Strip | undefined {
  const active = findActiveManifest(report.contentCredentials);
  if (active === undefined) return undefined;
  const { manifests = [], integrity } = report.contentCredentials;
  const chain = listVersions(report.contentCredentials).reverse();
  const oldest = chain[0] ?? active;
  // Alone, the picture of this file would only repeat the large one above.
  const hasPictures = chain.some(
    (one) =>
      !(one.active && integrity !== 'altered') &&
      findManifestFigure(figures, manifests, one.label) !== undefined,
  );
  const before = oldest.ingredients.find(
    ({ relationship, manifest }) =>
      relationship === 'parentOf' && !manifests.some(({ label }) => label === manifest),
  );
  const start: StripStep[] = before === undefined ? [] : [withoutManifest(oldest, before)];
  const isAltered = integrity === 'altered';
  const steps = [...start, ...chain.map(toStep), ...(isAltered ? [alteredFile()] : [])];
  return {
    ...(isAltered ? { caution: translator.text('page.credentials.unconfirmed') } : {}),
    steps:
      steps.length > MAX_STEPS
        ? [...steps.slice(0, 1), between(steps.length - 3), ...steps.slice(-2)]
        : steps,
  };

  function toStep(manifest: Manifest): StripStep {
    const { active: isActive, label } = manifest;
    // An altered file is a step of its own, after the one that was signed.
    const isThisFile = isActive && !isAltered;
    const picture = isThisFile ? figures?.preview : findManifestFigure(figures, manifests, label);
    return {
      title: isThisFile ? [translator.text('page.matches.thisFile')] : verbs(manifest, translator),
      lines: definedLines(
        isThisFile && manifest.actions.length > 0 ? verbs(manifest, translator) : undefined,
        madeWith(manifest, translator),
        signerLine(manifest, report, translator),
        timeLine(manifest, report, translator),
        isActive && isAltered ? undefined : stateLine(manifest),
        inputs(manifest, translator),
      ),
      ...(picture && hasPictures ? { picture } : {}),
      ...(isThisFile ? { isThisFile } : {}),
    };
  }

  /** The last step where the file differs from what was signed. */
  function alteredFile(): StripStep {
    const picture = hasPictures ? figures?.preview : undefined;
    return {
      title: [translator.text('page.matches.thisFile')],
      lines: [[translator.text('page.integrity.altered')]],
      ...(picture ? { picture } : {}),
      isThisFile: true,
    };
  }

  function stateLine({ active: isThisFile, integrity: state }: Manifest): RunLine | undefined {
    if (isThisFile) return [activeIntegrityText(state, report, translator)];
    return state === 'intact' ? undefined : [translator.text(`page.ingredientState.${state}`)];
  }

  function withoutManifest(user: Manifest, parent: Manifest['ingredients'][number]): StripStep {
    const picture = findIngredientFigure(figures, manifests, user, parent);
    const { manifest, title } = parent;
    const why = manifest === undefined ? 'page.phrase.noOwnCredentials' : 'page.credentials.missing';
    return {
      title: [translator.text('term.relationship.parentOf')],
      lines: definedLines(title === undefined ? undefined : [{ file: title, most: NAME_CHARACTERS }], [
        translator.text(why),
      ]),
      ...(picture ? { picture } : {}),
    };
  }

  function between(count: number): StripStep {
    return { title: [translator.text('page.credentials.between', { count })], lines: [] };
  }
}

/** Returns `created → converted`; the same action several times in a row is one. */
function verbs({ actions }: Manifest, translator: Translator): RunLine {
  const done = actions
    .filter((action) => !isRedaction(action))
    .map(({ action }) => action)
    .filter((action, at, all) => action !== all[at - 1]);
  if (done.length === 0) return [translator.text('term.relationship.parentOf')];
  const arrow = translator.direction === 'rtl' ? ' ← ' : ' → ';
  const shown = done
    .slice(0, MAX_VERBS)
    .flatMap((action, at): TextRun[] => [...(at > 0 ? [arrow] : []), actionName(action, translator)]);
  return done.length > MAX_VERBS
    ? [...shown, ` ${translator.text('page.phrase.more', { count: done.length - MAX_VERBS })}`]
    : shown;
}

/** Returns how the content was made and by which tool: both of one action, because another used another tool. */
function madeWith({ actions }: Manifest, translator: Translator): RunLine | undefined {
  const made =
    actions.find((one) => one.digitalSourceType !== undefined && !isMarkStep(one)) ??
    actions.find((action) => findStepTool(action) !== undefined);
  const { digitalSourceType: type } = made ?? {};
  const tool = made && findStepTool(made);
  const line: TextRun[] = [
    ...(type === undefined ? [] : [sourceTypeName(type, translator)]),
    ...(type === undefined || tool === undefined ? [] : [punctuationFor(translator).comma]),
    ...(tool === undefined ? [] : [{ file: tool, most: NAME_CHARACTERS }]),
  ];
  return line.length === 0 ? undefined : line;
}

/** Counts what was placed in or used as input; earlier versions are steps of the strip. */
function inputs({ ingredients }: Manifest, translator: Translator): RunLine | undefined {
  const placed = ingredients.filter(({ relationship }) => relationship === 'componentOf').length;
  const used = ingredients.filter(({ relationship }) => relationship === 'inputTo').length;
  if (placed + used === 0) return undefined;
  return [translator.text('page.credentials.inputs', { placed, used })];
}
