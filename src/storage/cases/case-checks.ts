import { cleanText, isLink } from '../fingerprints/collection-checks.js';
import { CASE_BOUNDS } from '../inspections/case-bounds.js';
import { AUTHOR_TYPES, CaseError, type CaseFinding, type CaseItemContent } from './cases.js';

/** Checks text that people write into a case. Each function throws `CaseError`, which names the member. */

export function validateName(name: string): string {
  return validateText(name, 'name', CASE_BOUNDS.name);
}

export function validateCaseContent({ text, link, match, finding }: CaseItemContent): CaseItemContent {
  const taken = match === undefined ? undefined : cleanText(JSON.stringify(match));
  if (taken !== undefined && taken.length > CASE_BOUNDS.matchCharacters) throw invalidMember('match');
  return {
    ...(text === undefined ? {} : { text: validateText(text, 'text', CASE_BOUNDS.text) }),
    ...(link === undefined ? {} : { link: validateLink(link, 'link') }),
    ...(taken === undefined ? {} : { match: JSON.parse(taken) }),
    ...(finding === undefined ? {} : { finding: validateFinding(finding) }),
  };
}

function validateFinding(finding: CaseFinding): CaseFinding {
  const { claim, conclusion, rating, url, published, author, authorType, claimant, appearance } = finding;
  const words = (value: string | undefined, member: keyof CaseFinding, most: number) =>
    value === undefined ? {} : { [member]: validateText(value, `finding/${member}`, most) };
  const link = (value: string | undefined, member: keyof CaseFinding) =>
    value === undefined ? {} : { [member]: validateLink(value, `finding/${member}`) };
  if (published !== undefined && !isDay(published)) throw invalidMember('finding/published');
  if (authorType !== undefined && !AUTHOR_TYPES.includes(authorType))
    throw invalidMember('finding/authorType');
  return {
    claim: validateText(claim, 'finding/claim', CASE_BOUNDS.text),
    conclusion: validateText(conclusion, 'finding/conclusion', CASE_BOUNDS.text),
    ...words(rating, 'rating', CASE_BOUNDS.rating),
    ...link(url, 'url'),
    ...(published === undefined ? {} : { published }),
    ...words(author, 'author', CASE_BOUNDS.person),
    ...(authorType === undefined ? {} : { authorType }),
    ...words(claimant, 'claimant', CASE_BOUNDS.person),
    ...link(appearance, 'appearance'),
  };
}

/** Returns true for an existing calendar day. */
function isDay(text: string): boolean {
  const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : Number.NaN);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

function validateText(text: string, member: string, most: number): string {
  if (text.trim() === '' || text.length > most) throw invalidMember(member);
  return cleanText(text);
}

function validateLink(link: string, member: string): string {
  if (link.length > CASE_BOUNDS.link || !isLink(link)) throw invalidMember(member);
  return cleanText(link);
}

const invalidMember = (member: string): CaseError => new CaseError('case.bad', member);
