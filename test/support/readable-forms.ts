/** Base64 has three alignments: what surrounds a string shifts it. Its inner part is the same in each. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift, 1), bytes, Buffer.alloc(3, 1)]).toString('base64');
    const inner = encoded.slice(shift === 0 ? 0 : 4, Math.floor((shift + bytes.length) / 3) * 4);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** Every form in which a text could stand in a file and be read: UTF-8, UTF-16, base64, hex, JSON, percent signs. */
export function formsOf(text: string): Buffer[] {
  const utf8 = Buffer.from(text, 'utf8');
  const utf16 = Buffer.from(text, 'utf16le');
  const bigEndian = Buffer.from(utf16).swap16();
  const texts = [utf8, utf16].flatMap((bytes) => {
    const hex = bytes.toString('hex');
    return [...base64Forms(bytes), hex, hex.toUpperCase(), JSON.stringify(text).slice(1, -1), encodeURIComponent(text)];
  });
  return [utf8, utf16, bigEndian, Buffer.from(text, 'latin1'), ...texts.map((each) => Buffer.from(each, 'utf8'))];
}
