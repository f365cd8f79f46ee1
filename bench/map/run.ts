// `npm run bench:map [-- --drives] [--privacy COUNT] [--trip] [--write]`: figures of positions and the map. Without a name, the
// drives. TRACKS_DIR names a folder of .gpx besides.
import { parseArgs } from 'node:util';
import { measureDrives } from './drives.ts';
import { measureFanOut } from './fan-out.ts';
import { measureFrames } from './frames.ts';
import { measurePrivacy } from './privacy/measure.ts';
import { type Section, writeSection } from './section.ts';
import { measureTrip } from './trip.ts';
import { measureUpload } from './upload.ts';

const { values } = parseArgs({
  options: {
    drives: { type: 'boolean', default: false },
    privacy: { type: 'string' },
    upload: { type: 'boolean', default: false },
    frames: { type: 'boolean', default: false },
    trip: { type: 'boolean', default: false },
    'fan-out': { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const wanted: (() => Section | Promise<Section>)[] = [];
if (values.privacy !== undefined) wanted.push(() => measurePrivacy(Number(values.privacy)));
if (values.upload) wanted.push(measureUpload);
if (values.frames) wanted.push(measureFrames);
if (values.trip) wanted.push(measureTrip);
if (values['fan-out']) wanted.push(measureFanOut);
if (values.drives || wanted.length === 0) {
  wanted.push(() => measureDrives(process.env['TRACKS_DIR']));
}
for (const measure of wanted) {
  const section = await measure();
  console.log(section.text);
  if (values.write) writeSection(section);
  if (section.missed.length > 0) process.exitCode = 1;
}
