import { JamzProfile } from '../profile/jamz-profile.ts';
import { define } from '../shared/define.ts';

define('jamz-profile', JamzProfile);

export type { JamzTags } from '../frameworks/elements.ts';
