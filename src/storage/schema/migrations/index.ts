import type { SchemaMigration } from '../migration.js';
import { up as inspections } from './0010-inspections.js';
import { up as access } from './0020-access.js';
import { up as webhooks } from './0040-webhooks.js';
import { up as idempotency } from './0050-idempotency.js';
import { up as shares } from './0060-shares.js';
import { up as uploads } from './0070-uploads.js';
import { up as batches } from './0080-batches.js';
import { up as scans } from './0090-scans.js';
import { up as sharePictures } from './0100-share-pictures.js';
import { up as factsByInspection } from './0110-facts-by-inspection.js';
import { up as originsOfBefore } from './0120-origins-of-before.js';
import { up as revealedApart } from './0130-revealed-apart.js';
import { up as sealedSecrets } from './0140-sealed-secrets.js';
import { up as deaths } from './0160-deaths.js';
import { up as laws } from './0170-laws.js';
import { up as rejudgements } from './0180-rejudgements.js';
import { up as headlines } from './0190-headlines.js';
import { up as scanLives } from './0200-scan-lives.js';
import { up as scanProgress } from './0210-scan-progress.js';
import { up as fingerprints } from './0220-fingerprints.js';
import { up as matchWatch } from './0221-match-watch.js';
import { up as log } from './0230-log.js';
import { up as cases } from './0240-cases.js';
import { up as exchanges } from './0250-exchanges.js';
import { up as watchedItems } from './0260-watched-items.js';

/** Migrations in the order of their names. A new one needs a file and a line here. */
export const MIGRATIONS: Readonly<Record<string, SchemaMigration>> = {
  '0010-inspections': inspections,
  '0020-access': access,
  '0040-webhooks': webhooks,
  '0050-idempotency': idempotency,
  '0060-shares': shares,
  '0070-uploads': uploads,
  '0080-batches': batches,
  '0090-scans': scans,
  '0100-share-pictures': sharePictures,
  '0110-facts-by-inspection': factsByInspection,
  '0120-origins-of-before': originsOfBefore,
  '0130-revealed-apart': revealedApart,
  '0140-sealed-secrets': sealedSecrets,
  '0160-deaths': deaths,
  '0170-laws': laws,
  '0180-rejudgements': rejudgements,
  '0190-headlines': headlines,
  '0200-scan-lives': scanLives,
  '0210-scan-progress': scanProgress,
  '0220-fingerprints': fingerprints,
  '0221-match-watch': matchWatch,
  '0230-log': log,
  '0240-cases': cases,
  '0250-exchanges': exchanges,
  '0260-watched-items': watchedItems,
};
