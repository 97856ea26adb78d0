import { PublishedRulebookSchema } from '../../core/law/rulebooks/published.js';
import type { ResourcePlugin } from '../services/plugin.js';
import { calendarRoutes } from './calendar.js';
import { lawGridRoutes } from './law-grid-route.js';
import { lawRoutes } from './law-route.js';
import { RejudgementSchema } from './rejudgement-schemas.js';
import { rejudgementRoutes } from './rejudgements.js';
import { rulebookRoutes } from './rulebooks.js';
import { signalRoutes } from './signals.js';

/** Routes of law: rulebooks, signals, rejudgements and the law page. */
export const lawPlugin: ResourcePlugin = {
  schemas: [PublishedRulebookSchema, RejudgementSchema],
  async register(app, services) {
    rulebookRoutes(app);
    calendarRoutes(app);
    rejudgementRoutes(app, services);
    signalRoutes(app);
    lawRoutes(app, services);
    lawGridRoutes(app, services);
  },
};
