/** The address without what is secret in it, for people to read. */
export function publicPartOf(uri: string): string {
  const { scheme, hosts, database } = partsOf(uri);
  return `${scheme}${hosts}/${database}`;
}

/** The database that an address names; `trafficjamz` where it names none. */
export function databaseNameOf(uri: string): string {
  return decodeURIComponent(partsOf(uri).database);
}

/** Whether an address sets an option; their names are read without regard to case. */
export function setsOption(uri: string, name: string): boolean {
  const names = [...new URLSearchParams(uri.split('?')[1] ?? '').keys()];
  return names.some((one) => one.toLowerCase() === name.toLowerCase());
}

function partsOf(uri: string): { scheme: string; hosts: string; database: string } {
  // Names and passwords have no @ and no / of their own: an address must escape them.
  const found = /^(mongodb(?:\+srv)?:\/\/)(?:[^@/]*@)?([^/?]*)(?:\/([^?]*))?/.exec(uri);
  const [, scheme = '', hosts = '', database = ''] = found ?? [];
  return { scheme, hosts, database: database || 'trafficjamz' };
}
