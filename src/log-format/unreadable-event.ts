/** A line that is no event of ours in the JSON form of CloudEvents 1.0. The message says what is accepted instead. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}
