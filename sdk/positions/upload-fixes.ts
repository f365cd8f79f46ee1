import type { Http } from '../auth/http.ts';
import { JamzError } from '../protocol/errors.ts';
import type { DeviceId, GroupId } from '../protocol/ids.ts';
import { type FixRow, fixOfRow, type KeptFix, type KeptFixes, rowOf } from './kept-fixes.ts';

export interface UploadFixesDeps {
  readonly http: Http;
  readonly groupId: GroupId;
  readonly deviceId: DeviceId;
  readonly kept: KeptFixes;
  /** Asked before each batch: false ends it. */
  readonly mayGoOn: () => Promise<boolean>;
  /** What is told of a fix now; undefined: nothing. */
  readonly asShared: (fix: KeptFix) => KeptFix | undefined;
}

/**
 * Sends what was kept offline, page by page, the newest first: where somebody was a minute ago is worth more than where
 * they set off. A page is forgotten when the server has it. It goes over a way of its own and delays no live fix.
 *
 * @throws {JamzError} what the server answered where it can be sent again later
 */
export async function uploadFixes(deps: UploadFixesDeps): Promise<void> {
  const { http, groupId, deviceId, kept, mayGoOn, asShared } = deps;
  while (await mayGoOn()) {
    const page = await kept.newest();
    if (!page || !(await mayGoOn())) return;
    const fixes = page.rows.flatMap((row): FixRow[] => {
      const fix = asShared(fixOfRow(row));
      return fix ? [rowOf(fix)] : [];
    });
    if (fixes.length > 0) {
      const path = `groups/${encodeURIComponent(groupId)}/positions`;
      await http('POST', path, { deviceId, fixes }).catch((error: unknown) => {
        // What the server will never take is not asked of it for ever.
        if (!(error instanceof JamzError) || !final.has(error.code)) throw error;
      });
    }
    await page.drop();
  }
}

const final: ReadonlySet<JamzError['code']> = new Set([
  ...(['forbidden', 'gone', 'invalid', 'not-found', 'removed', 'too-large'] as const),
]);
