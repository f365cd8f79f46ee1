import { JamzAiChat } from '../ai-chat/jamz-ai-chat.ts';
import { define } from '../shared/define.ts';

define('jamz-ai-chat', JamzAiChat);

export type { JamzTags } from '../frameworks/elements.ts';
