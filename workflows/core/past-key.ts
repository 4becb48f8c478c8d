/** `<sequence id>|<key>`: what re-entry is counted by. */
export const pastKey = (sequence: string, key: string | undefined): string => `${sequence.split('@', 1)[0] ?? sequence}|${key ?? ''}`;
