/** What a tale says when it does not go as told; any test runner shows its message. Knows no tale. */

/** `message`: the sentence that failed, then the tale so far. */
export class TaleError extends Error {
  override name = 'TaleError';
}
