import { escapeTerminal } from '../core/ground/terminal-text.js';
import { sizeSaid } from '../say/amounts.js';
import { type Said, said } from '../say/said.js';
import type { Speech } from '../say/speech.js';
import { type Alike, type AlikeGroup, someOf } from './alike.js';
import { alikeNotes, groupSaid } from './alike-said.js';
import type { Overview } from './overview.js';

/** Of a group on a terminal, and groups. */
const FILES = 5;
const GROUPS = 10;

type Line = string | Said | readonly [indented: string | Said];

/** What stands first on the page of results, and the pictures that look alike, for a terminal. */
export function overviewText(overview: Overview, speech: Speech): string {
  const { files, bytes, duplicates, gone, complete, groups, alike } = overview;
  const unread =
    groups.looked.files('partial') + groups.looked.files('nothing') + groups.looked.files('not-opened');
  const tiles: readonly (readonly [number, Said])[] = [
    [groups.ai.files('stated-signed'), said('overview.tile.signed')],
    [groups.ai.files('label'), said('overview.tile.label')],
    [groups.ai.files('trace'), said('overview.tile.trace')],
    [groups.changed.files('yes'), said('overview.tile.changed')],
    [groups.found.files('nothing'), said('overview.tile.nothing')],
    [unread, said('overview.tile.unread')],
  ];
  const facts = [
    said('overview.files', { count: files }),
    sizeSaid(bytes),
    ...(duplicates === 0 ? [] : [said('overview.duplicates', { count: duplicates })]),
    ...(gone === 0 ? [] : [said('overview.gone', { count: gone })]),
  ];
  const width = String(files).length + 2;
  const lines: Line[] = [
    facts.map((fact) => speech.say(fact)).join(' · '),
    ...(complete ? [] : [said('overview.interrupted')]),
    '',
    ...tiles.map(([count, what]) => `${String(count).padStart(width)}  ${speech.say(what)}`),
    ...(alike === undefined ? [] : ['', ...alikeLines(alike)]),
  ];
  const text = lines.map((line) => {
    if (typeof line === 'string') return line;
    if (!('id' in line)) return `  ${typeof line[0] === 'string' ? line[0] : speech.say(line[0])}`;
    return speech.say(line);
  });
  return `${text.map((line) => escapeTerminal(line)).join('\n')}\n`;
}

function alikeLines(alike: Alike): Line[] {
  const groups = alike.groups.slice(0, GROUPS);
  return [
    said('overview.alike'),
    said('overview.alike.about'),
    ...groups.flatMap((group) => ['', ...groupLines(group, alike)]),
    '',
    ...alikeNotes({ ...alike, groups }),
  ];
}

function groupLines(group: AlikeGroup, { records }: Alike): Line[] {
  const shown = someOf(group.same, FILES);
  const left = group.files - shown.length;
  return [
    groupSaid(group),
    ...shown.map(({ id }) => [records.get(id)?.record.path ?? ''] as const),
    ...(left > 0 ? [[said('overview.cutPlain', { shown: shown.length, count: group.files })] as const] : []),
  ];
}
