import { define } from '../shared/define.ts';
import { JamzTrip } from '../trip/jamz-trip.ts';

define('jamz-trip', JamzTrip);

export type { JamzTags } from '../frameworks/elements.ts';
