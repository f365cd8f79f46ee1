import { join } from 'node:path';
import { openMailer } from '../../compose.ts';
import type { Config } from '../../config/config.ts';
import { type Check, type Finding, messageOf } from './finding.ts';

/** Where mails go out. */
export const checkMail: Check = async (config) => [await mailFinding(config)];

async function mailFinding(config: Config): Promise<Finding> {
  const mailer = openMailer(config);
  const check = 'SMTP_URL';
  try {
    await mailer.check();
  } catch (error) {
    return { check, result: 'failed', message: messageOf(error) };
  } finally {
    await mailer.close();
  }
  if (config.smtpUrl !== undefined) {
    return { check, result: 'ok', message: `mails go out as ${config.mailFrom}` };
  }
  const folder = join(config.dataDir, 'mail');
  const message = `is not set: mails are not sent but written to ${folder}`;
  return { check, result: 'note', message };
}
