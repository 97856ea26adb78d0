import Type, { type Static } from 'typebox';
import { SIGNAL_IDS } from './signal.js';

export const OUTCOMES = [
  'answered',
  'partly-answered',
  'no-signal-found',
  'indeterminate',
  'not-assessable',
  'not-applicable',
  'not-in-force',
  'superseded',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const FindingSchema = Type.Object(
  {
    rulebook: Type.String({ description: 'Rulebook id.' }),
    rule: Type.String({ description: 'Rule id, unique in its rulebook.' }),
    clause: Type.String({ description: 'Clause as the instrument numbers it.' }),
    title: Type.String(),
    outcome: Type.Enum([...OUTCOMES], {
      description: 'What the file’s signals say to the clause. Never whether a law was kept.',
    }),
    because: Type.Array(Type.Enum(SIGNAL_IDS), { description: 'Signals that decided it.' }),
    statement: Type.String(),
    inForce: Type.Object(
      { from: Type.String(), until: Type.Optional(Type.String()) },
      { additionalProperties: false, description: 'Dates, the first inclusive, the second exclusive.' },
    ),
    reference: Type.Object({ title: Type.String(), address: Type.String() }, { additionalProperties: false }),
    verified: Type.Boolean({
      description: 'False: from secondary sources, to be rechecked against the official text.',
    }),
  },
  { additionalProperties: false },
);
export type Finding = Static<typeof FindingSchema>;
