import { JamzPlayer } from '../player/jamz-player.ts';
import { define } from '../shared/define.ts';

define('jamz-player', JamzPlayer);

export type { JamzTags } from '../frameworks/elements.ts';
