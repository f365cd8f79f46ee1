import { define } from '../shared/define.ts';
import { JamzUpload } from '../upload/jamz-upload.ts';

define('jamz-upload', JamzUpload);

export type { JamzTags } from '../frameworks/elements.ts';
