import type { Translator } from '../../i18n/translator.js';
import type { Region } from '../media/visible-mark.js';
import type { StoredReport } from '../report/report.js';
import { visibleMarkSentences } from '../summary/sentence/visible-marks.js';
import type { Figure, Figures } from './history/figures.js';
import { punctuationFor } from './marks.js';
import { findStatedRegions, type StatedRegions } from './stated-regions.js';

/** Pictures of a page, with what its Report says about them. */
export interface PagePictures {
  figures: Figures;
  kind: StoredReport['asset']['kind'];
  isAltered: boolean;
  /**
   * Preview and thumbnail, if the file differs from its signed content and both exist; the two then stand side by side
   * at the top of the page.
   */
  pair?: { preview: Figure; thumbnail: Figure };
  /** Frames of visible marks, and sentences about those that the page does not explain elsewhere. */
  marks: { regions: readonly Region[]; legend: string };
  /** Regions of the preview that the active manifest states as changed. */
  stated?: StatedRegions;
}

export function buildPictures(report: StoredReport, figures: Figures, translator: Translator): PagePictures {
  const { asset, contentCredentials } = report;
  const { preview, thumbnail } = figures;
  const isAltered = contentCredentials.integrity === 'altered';
  const stated = preview && findStatedRegions(report, preview);
  return {
    figures,
    kind: asset.kind,
    isAltered,
    ...(isAltered && preview && thumbnail ? { pair: { preview, thumbnail } } : {}),
    marks: findMarks(report, translator),
    ...(stated ? { stated } : {}),
  };
}

/** The preview of a video is another frame than those in which marks were seen, and they may move. */
function findMarks({ asset, signals, summary }: StoredReport, translator: Translator): PagePictures['marks'] {
  const regions =
    asset.kind === 'video' ? [] : signals.flatMap(({ basis }) => basis.flatMap(({ region }) => region ?? []));
  if (regions.length === 0) return { regions, legend: '' };
  const said = new Set(summary.messages?.sentence.map(({ id }) => id));
  const legend = visibleMarkSentences(signals)
    .filter(({ id }) => !said.has(id))
    .map((sentence) => `${punctuationFor(translator).stop} ${translator.translate(sentence)}`);
  return { regions, legend: legend.join('') };
}
