import { define } from '../shared/define.ts';
import { JamzSyncIndicator } from '../sync-indicator/jamz-sync-indicator.ts';

define('jamz-sync-indicator', JamzSyncIndicator);

export type { JamzTags } from '../frameworks/elements.ts';
