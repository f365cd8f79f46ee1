/** Registers every tag that the page does not have yet. The group comes first: it provides to the others. */
import './define/jamz-group.ts';
import './define/jamz-ai-chat.ts';
import './define/jamz-conflict-dialog.ts';
import './define/jamz-map.ts';
import './define/jamz-members.ts';
import './define/jamz-messages.ts';
import './define/jamz-player.ts';
import './define/jamz-playlist.ts';
import './define/jamz-profile.ts';
import './define/jamz-sign-in.ts';
import './define/jamz-sync-indicator.ts';
import './define/jamz-sync-inspector.ts';
import './define/jamz-trip.ts';
import './define/jamz-upload.ts';

export type { JamzTags } from './frameworks/elements.ts';
