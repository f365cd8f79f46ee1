import { JamzPlaylist } from '../playlist/jamz-playlist.ts';
import { define } from '../shared/define.ts';

define('jamz-playlist', JamzPlaylist);

export type { JamzTags } from '../frameworks/elements.ts';
