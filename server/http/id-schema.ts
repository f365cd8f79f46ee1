import * as v from 'valibot';
import { idPattern } from '../../sdk/protocol/ids.ts';

/** An id as routes take and give it, for the description of them. */
export const idSchema: v.GenericSchema<unknown, string> = v.pipe(v.string(), v.regex(idPattern));
