import { JamzGroup } from '../group/jamz-group.ts';
import { define } from '../shared/define.ts';

define('jamz-group', JamzGroup);

export type { JamzTags } from '../frameworks/elements.ts';
