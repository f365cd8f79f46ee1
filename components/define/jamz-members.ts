import { JamzMembers } from '../members/jamz-members.ts';
import { define } from '../shared/define.ts';

define('jamz-members', JamzMembers);

export type { JamzTags } from '../frameworks/elements.ts';
