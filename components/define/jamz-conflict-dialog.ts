import { JamzConflictDialog } from '../conflict-dialog/jamz-conflict-dialog.ts';
import { define } from '../shared/define.ts';

define('jamz-conflict-dialog', JamzConflictDialog);

export type { JamzTags } from '../frameworks/elements.ts';
