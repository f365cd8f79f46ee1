import { JamzPlaylist } from '../playlist/jamz-playlist.ts';
import { define } from '../shared/define.ts';

define('jamz-playlist', JamzPlaylist);
