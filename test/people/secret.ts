/** The key of hashes and links in tests of the people store. */
export const secret = 'test-secret-test-secret';
