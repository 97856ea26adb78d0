import Type, { type Static } from 'typebox';
import { compact } from '../../base/json-shape.js';
import { ASSAY_SIGNER } from '../report/rule-terms.js';
import { RulebookSchema, RuleSchema } from './rulebook.js';
import { CLAUSE_CHANGES, type LawChanges, WATCHED_CHANGES } from './rulebook-diff.js';
import {
  publishedTitle,
  ReferenceSchema,
  removeBounds,
  TextSchema,
  toPublishedRule,
} from './rulebooks/published.js';
import { referenceOf } from './sources.js';
import { toPublishedWatchedLaw, WatchedLawRowSchema } from './watched.js';

const closed = { additionalProperties: false } as const;
const { jurisdiction, kind } = RulebookSchema.properties;
const { binds, onlyIf, voluntary, supersededBy } = RuleSchema.properties;
const day = Type.String();

/** Changes of law as published, with the texts of the law in each language. */
const PublishedChangesSchema = removeBounds(
  Type.Object(
    {
      changes: Type.Array(
        Type.Object(
          {
            on: { ...day, description: 'First day of the change.' },
            change: Type.Enum([...CLAUSE_CHANGES]),
            jurisdiction,
            rulebook: Type.String(),
            law: TextSchema,
            kind,
            rule: Type.String(),
            clause: Type.String(),
            title: TextSchema,
            asks: TextSchema,
            binds,
            onlyIf,
            voluntary,
            cohort: Type.Optional(
              Type.String({ description: 'Group concerned; absent if it applies to all.' }),
            ),
            whom: Type.Optional(TextSchema),
            supersededBy,
            reference: ReferenceSchema,
            bookSigner: Type.String({ description: 'Who signed the rulebook; `assay` for Assay’s own.' }),
          },
          { ...closed, title: 'ClauseChange' },
        ),
      ),
      watched: Type.Array(
        Type.Object(
          {
            on: day,
            change: Type.Enum([...WATCHED_CHANGES], {
              description: '`due`: its sources are to be read again, because a change was expected.',
            }),
            id: Type.String(),
            jurisdiction: WatchedLawRowSchema.properties.jurisdiction,
            state: WatchedLawRowSchema.properties.state,
            instrument: TextSchema,
            asks: TextSchema,
            reference: Type.Object({ title: Type.String(), address: Type.Optional(Type.String()) }, closed),
          },
          { ...closed, title: 'WatchedLawChange' },
        ),
        { description: 'Changes of law without clauses here, for every role.' },
      ),
    },
    closed,
  ),
);

export const LawCalendarSchema = Type.Object(
  {
    from: Type.String({ description: 'First day of the calendar.' }),
    to: Type.String({ description: 'Last day of the calendar.' }),
    ...PublishedChangesSchema.properties,
  },
  { ...closed, title: 'LawCalendar' },
);

type PublishedChanges = Static<typeof PublishedChangesSchema>;

export function publishChanges({ books, changes, watched }: LawChanges): PublishedChanges {
  const texts = toPublishedWatchedLaw();
  return {
    changes: changes.flatMap(({ on, change, rulebook, rule, cohort }) => {
      const book = books.find(({ id }) => id === rulebook);
      if (book === undefined) return [];
      const { title, asks, binds, onlyIf, voluntary, supersededBy, periods } = toPublishedRule(
        book,
        rule,
        on,
      );
      const whom = periods.find((period) => period.cohort === cohort)?.whom;
      return [
        {
          ...{ on, change, jurisdiction: book.jurisdiction, rulebook, law: publishedTitle(book) },
          ...{ kind: book.kind, rule: rule.id, clause: rule.clause, title, asks, binds },
          ...compact({ onlyIf, voluntary, cohort, whom, supersededBy }),
          reference: { address: book.instrument.address, ...referenceOf(rule.sources) },
          bookSigner: book.signer?.name ?? ASSAY_SIGNER,
        },
      ];
    }),
    watched: watched.flatMap(({ on, change, watched: { id, jurisdiction, state, sources } }) => {
      const told = texts.find((one) => one.id === id);
      return told === undefined
        ? []
        : [
            {
              ...{ on, change, id, jurisdiction, state, instrument: told.instrument, asks: told.asks },
              reference: referenceOf(sources),
            },
          ];
    }),
  };
}
