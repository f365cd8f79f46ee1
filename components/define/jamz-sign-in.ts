import { define } from '../shared/define.ts';
import { JamzSignIn } from '../sign-in/jamz-sign-in.ts';

define('jamz-sign-in', JamzSignIn);

export type { JamzTags } from '../frameworks/elements.ts';
