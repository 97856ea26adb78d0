/** Longer reasons are cut: the first lines of a stack say the most. */
const MOST_CHARACTERS = 2_000;

/**
 * Formats a finding: its kind, the input and its mutations, the reason, and how to reproduce it.
 * @param {{ kind: string, number?: number, name?: string, mutators?: string[], detail?: unknown }} finding
 * @param {(number: number) => string} again
 */
export function reasonOf({ kind, number, name, mutators = [], detail = '' }, again) {
  const input = [name ?? 'no input', ...(mutators.length > 0 ? [`(${mutators.join(', ')})`] : [])].join(' ');
  const why = String(detail).trim().slice(0, MOST_CHARACTERS) || 'nothing more is known';
  const lines = [`${kind}: ${input}`, ...why.split('\n').map((line) => `  ${line.trim()}`)];
  if (number !== undefined) lines.push(`  again: ${again(number)}`);
  return lines.join('\n');
}

/**
 * Renders the crashes of reading processes, which are expected of engines: how often, and the first input that caused
 * each.
 * @param {ReadonlyMap<string, { count: number, number?: number, name?: string }>} deaths
 * @param {(number: number) => string} again
 */
export function deathLines(deaths, again) {
  return [...deaths].map(([how, { count, number, name }]) => {
    const first = number === undefined ? '' : `, first at ${name ?? number}: ${again(number)}`;
    return `${how}: ${count === 1 ? 'once' : `${count} times`}${first}`;
  });
}

/** Returns which members of two Reports differ, and the first difference. */
export function differenceOf(one, other) {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const differ = names.filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
  const [first] = differ;
  if (first === undefined) return 'the order of members';
  const [before, after] = [one, other].map((report) => JSON.stringify(report[first]) ?? 'nothing');
  let at = 0;
  while (at < before.length && before[at] === after[at]) at += 1;
  const around = (text) => text.slice(Math.max(0, at - 60), at + 60);
  return `${differ.join(', ')}; ${first}: …${around(before)}… then …${around(after)}…`;
}
