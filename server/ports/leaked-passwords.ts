/**
 * Port for asking whether a password is among those that leaked anywhere. The password does not leave this server.
 * Where nobody can be asked the answer is no: a service that is away keeps nobody from signing up.
 */
export type HasLeaked = (password: string) => Promise<boolean>;
