import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carrying } from '../fixtures/build/carrying.js';
import { HOSTILE } from '../fuzz/hostile-texts.js';
import { createInspector } from '../src/inspect/pool/create-inspector.js';
import { WebhookDispatcher } from '../src/service/webhooks/dispatcher.js';
import { WebhookSender } from '../src/service/webhooks/send.js';
import { DeliveryRepository } from '../src/storage/webhooks/kysely-deliveries.js';
import { WebhookRepository } from '../src/storage/webhooks/kysely-webhooks.js';
import { assayHere } from './cli/run-here.js';
import { assay, lines } from './cli/spawn-assay.js';
import { csvTable, FORMULA } from './csv-table.js';
import { multipart, testApp } from './http/harness.js';
import { startReceiver } from './service/webhooks/receiver.js';
import { TEST_KEYS } from './support/secret-keys.js';
import { describeWith } from './support/system-parts.js';
import { share, WHOLE } from './support/whole.js';

/** Runs hostile strings of a file through all output for other programs: records, tables, PDF, rows, messages. */

const MOST_CHARACTERS = 1_000;
const [HTML, ...OTHERS] = Object.values(HOSTILE);
const TEXTS = [HTML ?? [], ...share(OTHERS, 2)].flatMap((list) =>
  list.slice(0, WHOLE ? 2 : 1).map((text) => text.slice(0, MOST_CHARACTERS)),
);
const ENDINGS = new Set(['png', 'jpg', 'mp3', 'mp4']);
const nameOf = (text: string) => text.replace(/[/\0]/g, '_').slice(0, 60);

let folder: string;
let results: string;
const made: { name: string; bytes: Buffer }[] = [];
/** One picture per text. */
const pictures: { text: string; upload: { filename: string; content: Buffer } }[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-after-'));
  for (const [index, text] of TEXTS.entries()) {
    mkdirSync(join(folder, 'in', String(index)), { recursive: true });
    for (const { ending, bytes } of await carrying({ text, person: text, serial: text, prompt: text })) {
      if (!ENDINGS.has(ending)) continue;
      const name = `${nameOf(text)}.${ending}`;
      made.push({ name, bytes });
      const filename = name.replace(/["\r\n\\]/g, '_');
      if (ending === 'png') pictures.push({ text, upload: { filename, content: bytes } });
      writeFileSync(join(folder, 'in', String(index), name), bytes);
    }
  }
  results = join(folder, 'r.ndjson');
  const scanned = await assay(['scan', join(folder, 'in'), '--hidden', '--full', '--out', results], {
    ASSAY_SANDBOX: 'off',
  });
  expect(scanned.code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what a file says, for programs that come after', () => {
  it('is a record a line, whatever splits the lines', () => {
    const text = readFileSync(results, 'utf8');
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    const records = lines(text) as { schema: string; path?: string }[];
    expect(records.filter(({ path }) => path !== undefined)).toHaveLength(made.length);
    // The string is present as data in many records.
    expect(text.split('__assayRan').length).toBeGreaterThan(10);
  });

  it('is in its cell of a table, and no spreadsheet takes it for a formula', async () => {
    const ran = await assayHere(['report', results, '--format', 'csv']);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const [head = [], ...rows] = csvTable(ran.stdout);
    expect(rows).toHaveLength(made.length);
    for (const row of rows) {
      expect(row).toHaveLength(head.length);
      for (const cell of row) expect(cell).not.toMatch(FORMULA);
    }
  });

  it('is nothing to a page of a scan', async () => {
    const ran = await assayHere(['report', results, '--format', 'html']);
    expect(ran.code).toBe(0);
    expect(ran.stdout).not.toMatch(
      /<script>globalThis|<img src=x|<iframe|<base|<meta http-equiv=.?refresh|canary\.invalid\/pixel/,
    );
  });
});

describe('the service', () => {
  it('keeps, lists, tells and exports it as data', async () => {
    const receiver = await startReceiver();
    const inspector = createInspector({ jobs: 1 });
    try {
      const env = { ASSAY_WEBHOOK_ALLOWED_HOSTS: receiver.host, ASSAY_RETENTION_DAYS: '0' };
      const { app, stores, database, config } = await testApp({ inspector, env });
      const tables = async () => {
        const { rows } = await sql<{ name: string }>`select name from sqlite_master order by name`.execute(
          database.query,
        );
        return rows.map(({ name }) => name);
      };
      const before = await tables();
      const hook = await app.inject({ method: 'POST', url: '/v1/webhooks', payload: { url: receiver.url } });
      const { secret } = hook.json();
      for (const { text, upload } of pictures) {
        const caseRef = text
          .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
          .trim()
          .slice(0, 40);
        const { payload, headers } = multipart([
          { name: 'file', ...upload },
          { name: 'caseRef', content: caseRef },
        ]);
        const done = await app.inject({ method: 'POST', url: '/v1/inspections', payload, headers });
        expect(done.statusCode, `${text} ${done.body.slice(0, 300)}`).toBe(201);
        const csv = await app.inject({ url: String(done.headers.location), headers: { accept: 'text/csv' } });
        expect(csv.statusCode).toBe(200);
        for (const cell of csvTable(csv.body).flat()) expect(cell).not.toMatch(FORMULA);
      }
      expect(await tables()).toEqual(before);
      const rows = await database.query.selectFrom('inspections').selectAll().execute();
      expect(rows).toHaveLength(pictures.length);
      for (const row of rows) JSON.parse(String(row.request));
      for (const { report } of await database.query.selectFrom('inspection_reports').selectAll().execute())
        expect(JSON.parse(report)).toMatchObject({ schema: 'assay.report/1' });

      const deliveries = new DeliveryRepository(database, stores.events);
      const sender = new WebhookSender(config.webhookAllowedHosts);
      const courier = new WebhookDispatcher({
        webhooks: new WebhookRepository(database, TEST_KEYS),
        deliveries,
        sender,
      });
      while ((await courier.runOnce()) > 0);
      sender.close();
      expect(receiver.received).toHaveLength(pictures.length);
      for (const { body, headers } of receiver.received) {
        expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
          type: 'inspection.done',
        });
        // The desk's own text is unchanged, and otherwise there are only ids and terms of closed lists.
        const { data, ...message } = JSON.parse(body);
        const { caseRef, headline, ...rest } = data;
        expect(rows.map((row) => row.case_ref ?? undefined)).toContain(caseRef);
        const ours = JSON.stringify({ ...message, data: rest });
        expect(ours).toMatch(/^[\x20-\x7e]*$/);
        expect(ours).not.toMatch(/__assayRan|canary|HYPERLINK|DROP TABLE|gpj/);
        // A name from the file occurs in the headline only within quotation marks, shortened.
        expect(headline.text.replace(/“[^”]{0,40}”/g, '')).toMatch(/^[\x20-\x7e]*$/);
        expect(headline.text).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }
    } finally {
      await inspector.close();
    }
  });
});

/** Actions that a PDF may perform when it is opened, and files that it may pass on. */
const ACTS =
  /\/(JavaScript|JS|Launch|OpenAction|AA|EmbeddedFile|SubmitForm|ImportData|RichMedia|GoToR|XFA)\b/;

/** Removes compressed data, whose bytes may be any letters. It contains no objects, which are packed as `ObjStm` only. */
function objectsOf(pdf: Buffer): string {
  const text = pdf.toString('latin1');
  expect(text).not.toContain('/ObjStm');
  return text.replace(/\bstream\r?\n[\s\S]*?\bendstream\b/g, '');
}

describeWith('pdftotext', 'a PDF', (pdftotext) => {
  it.each([
    ['by the library', ''],
    ['by what is here', process.env['PATH'] ?? ''],
  ])(
    '%s does nothing by itself, and its text can be read',
    async (_by, PATH) => {
      const inspector = createInspector({ jobs: 1 });
      try {
        const { app } = await testApp({ inspector, env: { PATH } });
        for (const { text, upload } of pictures.filter((_, index) => index % 8 === 0)) {
          const { payload, headers } = multipart([{ name: 'file', ...upload }]);
          const done = await app.inject({ method: 'POST', url: '/v1/inspections', payload, headers });
          const answer = await app.inject({ url: `${done.headers.location}/report.pdf` });
          expect(answer.statusCode, text).toBe(200);
          expect(objectsOf(answer.rawPayload)).not.toMatch(ACTS);
          const read = execFileSync(pdftotext, ['-enc', 'UTF-8', '-', '-'], {
            input: answer.rawPayload,
            encoding: 'utf8',
          });
          expect(read).toContain('sha256');
          expect(read).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u001b]/);
        }
      } finally {
        await inspector.close();
      }
    },
    300_000,
  );
});
