import { EvidenceViewSchema } from '../../core/report/evidence-view.js';
import type { ResourcePlugin } from '../services/plugin.js';
import { crJsonRoutes } from './cr-json.js';
import { evidenceRoutes } from './evidence.js';
import { exchangeRoutes } from './exchanges.js';
import { partRoutes } from './parts.js';
import { pictureRoutes } from './pictures.js';
import { reportHtmlRoutes } from './report-html.js';
import { reportJsonRoutes } from './report-json.js';
import { reportPdfRoutes } from './report-pdf.js';

/** Routes of a Report in its formats, and of what is stored with it. */
export const reportsPlugin: ResourcePlugin = {
  schemas: [EvidenceViewSchema],
  async register(app, services) {
    reportHtmlRoutes(app, services);
    reportJsonRoutes(app, services);
    reportPdfRoutes(app, services);
    pictureRoutes(app, services);
    crJsonRoutes(app, services);
    evidenceRoutes(app, services);
    exchangeRoutes(app, services);
    partRoutes(app, services);
  },
};
