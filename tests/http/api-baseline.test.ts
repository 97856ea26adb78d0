import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { broken, grown, heldBy, linesOf } from '../../scripts/api-baseline.js';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const YAML = read('openapi.yaml');
const PUBLISHED = read('tests/http/api-baseline.txt').split('\n').filter(Boolean);

const without = (schema: string, member: string) => {
  const document = parse(YAML);
  delete document.components.schemas[schema].properties[member];
  const yaml = stringify(document);
  return [linesOf(yaml), heldBy(yaml)] as const;
};

describe('what was published of /v1', () => {
  it('is all still there', () => {
    const now = linesOf(YAML);
    expect(PUBLISHED.length).toBeGreaterThan(1000);
    expect(broken(PUBLISHED, now, heldBy(YAML))).toEqual([]);
    expect(grown(PUBLISHED, now)).toEqual(PUBLISHED);
  });

  it('is missed when a member of an answer is gone', () => {
    expect(broken(PUBLISHED, ...without('Inspection', 'supersededBy'))).toEqual([
      'gone: answer Inspection.supersededBy: string',
    ]);
  });

  it('is broken when a request needs more than before', () => {
    const more = [...PUBLISHED, 'GET /v1/inspections needs query origin'];
    expect(broken(PUBLISHED, more)).toEqual(['new: GET /v1/inspections needs query origin']);
  });

  it('may grow', () => {
    const more = [
      ...PUBLISHED,
      'GET /v1/inspections takes query later',
      'GET /v1/later is getLater',
      'GET /v1/later needs query x',
    ];
    expect(broken(PUBLISHED, more)).toEqual([]);
  });
});
