import { JamzMessages } from '../messages/jamz-messages.ts';
import { define } from '../shared/define.ts';

define('jamz-messages', JamzMessages);

export type { JamzTags } from '../frameworks/elements.ts';
