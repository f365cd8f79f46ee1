import { JamzMap } from '../map/jamz-map.ts';
import { define } from '../shared/define.ts';

define('jamz-map', JamzMap);

export type { JamzTags } from '../frameworks/elements.ts';
