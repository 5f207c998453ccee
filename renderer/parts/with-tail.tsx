/** Words that name a token, with its last characters as they are written everywhere else. */
export function WithTail({ words, tail }: { words: string; tail: string | undefined }) {
  const at = tail === undefined ? -1 : words.lastIndexOf(tail);
  if (tail === undefined || at < 0) return words;
  return (
    <>
      {words.slice(0, at)}
      <span className="tail">{tail}</span>
      {words.slice(at + tail.length)}
    </>
  );
}
