import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  differences,
  type Holder,
  insideFiles,
  type Medium,
  type PartAlone,
  partAlone,
} from '../../../../bench/inside-files.js';
import { Asset } from '../../../../src/core/media/asset.js';
import { analyze } from '../../../../src/core/pipeline/analyze.js';
import type { StoredReport } from '../../../../src/core/report/report.js';

/**
 * Parts are reported as they are when cut out and inspected alone: some of the files that `bench/inside.js` makes, one
 * of each structure, with media that are signed, labelled and plain.
 */
const KINDS = [
  'motion photo (Google)',
  'gain map of Ultra HDR',
  'cover of MP3',
  'attachment of Matroska',
  'pictures of a PDF',
  'e-mail (EML)',
  'e-mail (MSG)',
  'DOCX in an e-mail in a ZIP',
];

async function reportOn({ name, bytes }: Medium): Promise<StoredReport> {
  const asset = await Asset.fromBytes(bytes);
  const options = { name, asOf: '2026-11-25', engine: 'auto' as const };
  return analyze(asset, options, { inFull: [], jurisdictions: [] });
}

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

const files = insideFiles(KINDS);
const alone = new Map<string, PartAlone>();
beforeAll(async () => {
  for (const medium of files.flatMap(({ media }) => media)) {
    const key = digest(medium.bytes);
    if (!alone.has(key)) alone.set(key, partAlone(await reportOn(medium)));
  }
});

describe('what stands inside comes out as it does alone', () => {
  it('in files of every structure chosen', () => {
    expect(files).toHaveLength(KINDS.length * 3);
  });

  it.each(files.map((file) => [file.name, file] as const))('%s', async (_, file: Holder) => {
    const { parts = [] } = await reportOn(file);
    for (const { name, bytes } of file.media) {
      const part = parts.find(({ kind, sha256 }) => kind !== 'primary' && sha256 === digest(bytes));
      const said = alone.get(digest(bytes));
      if (part === undefined || said === undefined) throw new Error(`${name} was not found in ${file.name}`);
      expect(differences(part, said), name).toEqual([]);
    }
  });

  it('and what comes out differently is told apart', async () => {
    const [signed, labelled, plain] = files.filter(({ kind }) => kind === 'pictures of a PDF');
    const { parts = [] } = await reportOn(signed as Holder);
    const part = parts.find(({ kind }) => kind === 'embedded-picture');
    const others = [labelled, plain].flatMap((file) => file?.media ?? []);
    for (const { bytes } of others)
      expect(differences(part as never, alone.get(digest(bytes)) as PartAlone)).not.toEqual([]);
    expect(alone.get(digest((signed as Holder).media[0]?.bytes as Buffer))).toMatchObject({
      origin: 'ai-generated',
      presence: 'present',
      integrity: 'intact',
    });
  });
});
