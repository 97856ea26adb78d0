import { escapeTerminal } from '../../base/terminal-text.js';
import { sizeMessage } from '../../i18n/amounts.js';
import { type Message, message } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import { type AlikeGroup, type AlikePictures, selectMembers } from '../fingerprints/alike.js';
import { alikeGroupMessage, alikeNoteMessages } from '../fingerprints/alike-messages.js';
import type { Overview } from './overview.js';

/** Files per group and groups shown on a terminal. */
const MAX_FILES = 5;
const MAX_GROUPS = 10;

type Line = string | Message | readonly [indented: string | Message];

/** Renders the main numbers of the overview page and the groups of similar pictures for a terminal. */
export function renderOverviewText(overview: Overview, translator: Translator): string {
  const { files, bytes, duplicates, gone, complete, groups, alike } = overview;
  const unread =
    groups.looked.files('partial') + groups.looked.files('nothing') + groups.looked.files('not-opened');
  const tiles: readonly (readonly [number, Message])[] = [
    [groups.ai.files('stated-signed'), message('overview.tile.signed')],
    [groups.ai.files('label'), message('overview.tile.label')],
    [groups.ai.files('trace'), message('overview.tile.trace')],
    [groups.changed.files('yes'), message('overview.tile.changed')],
    [groups.found.files('nothing'), message('overview.tile.nothing')],
    [unread, message('overview.tile.unread')],
  ];
  const facts = [
    message('overview.files', { count: files }),
    sizeMessage(bytes),
    ...(duplicates === 0 ? [] : [message('overview.duplicates', { count: duplicates })]),
    ...(gone === 0 ? [] : [message('overview.gone', { count: gone })]),
  ];
  const width = String(files).length + 2;
  const lines: Line[] = [
    facts.map((fact) => translator.translate(fact)).join(' · '),
    ...(complete ? [] : [message('overview.interrupted')]),
    '',
    ...tiles.map(([count, what]) => `${String(count).padStart(width)}  ${translator.translate(what)}`),
    ...(alike === undefined ? [] : ['', ...alikeLines(alike)]),
  ];
  const text = lines.map((line) => {
    if (typeof line === 'string') return line;
    if (!('id' in line)) return `  ${typeof line[0] === 'string' ? line[0] : translator.translate(line[0])}`;
    return translator.translate(line);
  });
  return `${text.map((line) => escapeTerminal(line)).join('\n')}\n`;
}

function alikeLines(alike: AlikePictures): Line[] {
  const groups = alike.groups.slice(0, MAX_GROUPS);
  return [
    message('overview.similar'),
    message('overview.similar.about'),
    ...groups.flatMap((group) => ['', ...groupLines(group, alike)]),
    '',
    ...alikeNoteMessages({ ...alike, groups }),
  ];
}

function groupLines(group: AlikeGroup, { records }: AlikePictures): Line[] {
  const shown = selectMembers(group.same, MAX_FILES);
  const left = group.files - shown.length;
  return [
    alikeGroupMessage(group),
    ...shown.map(({ id }) => [records.get(id)?.record.path ?? ''] as const),
    ...(left > 0
      ? [[message('overview.cutPlain', { shown: shown.length, count: group.files })] as const]
      : []),
  ];
}
