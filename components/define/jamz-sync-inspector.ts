import { define } from '../shared/define.ts';
import { JamzSyncInspector } from '../sync-inspector/jamz-sync-inspector.ts';

define('jamz-sync-inspector', JamzSyncInspector);

export type { JamzTags } from '../frameworks/elements.ts';
