import { afterWindingBack } from './after-winding-back.ts';
import type { Found } from './found-schedule.ts';
import { inTwoTabs } from './in-two-tabs.ts';
import { onPhones } from './on-phones.ts';

/** Every schedule that ever showed a bug of the product: kept as it was, whatever the plans of seeds become. */
export const found: readonly Found[] = [...onPhones, ...inTwoTabs, ...afterWindingBack];
