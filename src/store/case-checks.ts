import { AUTHOR_TYPES, CASE_BOUNDS, CaseError, type CaseFinding, type CaseWords } from './cases.js';
import { cleanText, isLink } from './collection-checks.js';

/** Bounds of what people write into a case. Each throws a CaseError that names the member. */

export function checkedName(name: string): string {
  return checked(name, 'name', CASE_BOUNDS.name);
}

export function checkedWords({ text, link, match, finding }: CaseWords): CaseWords {
  const taken = match === undefined ? undefined : cleanText(JSON.stringify(match));
  if (taken !== undefined && taken.length > CASE_BOUNDS.matchCharacters) throw bad('match');
  return {
    ...(text === undefined ? {} : { text: checked(text, 'text', CASE_BOUNDS.text) }),
    ...(link === undefined ? {} : { link: checkedLink(link, 'link') }),
    ...(taken === undefined ? {} : { match: JSON.parse(taken) }),
    ...(finding === undefined ? {} : { finding: checkedFinding(finding) }),
  };
}

function checkedFinding(finding: CaseFinding): CaseFinding {
  const { claim, conclusion, rating, url, published, author, authorType, claimant, appearance } = finding;
  const words = (value: string | undefined, member: keyof CaseFinding, most: number) =>
    value === undefined ? {} : { [member]: checked(value, `finding/${member}`, most) };
  const link = (value: string | undefined, member: keyof CaseFinding) =>
    value === undefined ? {} : { [member]: checkedLink(value, `finding/${member}`) };
  if (published !== undefined && !isDay(published)) throw bad('finding/published');
  if (authorType !== undefined && !AUTHOR_TYPES.includes(authorType)) throw bad('finding/authorType');
  return {
    claim: checked(claim, 'finding/claim', CASE_BOUNDS.text),
    conclusion: checked(conclusion, 'finding/conclusion', CASE_BOUNDS.text),
    ...words(rating, 'rating', CASE_BOUNDS.rating),
    ...link(url, 'url'),
    ...(published === undefined ? {} : { published }),
    ...words(author, 'author', CASE_BOUNDS.person),
    ...(authorType === undefined ? {} : { authorType }),
    ...words(claimant, 'claimant', CASE_BOUNDS.person),
    ...link(appearance, 'appearance'),
  };
}

/** A day that the calendar has. */
function isDay(text: string): boolean {
  const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : Number.NaN);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

function checked(text: string, member: string, most: number): string {
  if (text.trim() === '' || text.length > most) throw bad(member);
  return cleanText(text);
}

function checkedLink(link: string, member: string): string {
  if (link.length > CASE_BOUNDS.link || !isLink(link)) throw bad(member);
  return cleanText(link);
}

const bad = (member: string): CaseError => new CaseError('case.bad', member);
