/* Glyphs: of a face that the page carries, the same with the glyphs of some words alone.
 *
 * Glyphs keep their numbers and those that no word asks for are empty, so that widths and kerning
 * hold as they are. WOFF: https://www.w3.org/TR/WOFF/, the tables in it: OpenType.
 */

const HEADER = 44; // bytes of WOFF before the directory, of 20 for each table
const ENTRY = 20;
const UNNEEDED = ["GSUB"]; // which has other forms of a glyph: these may be empty

const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const upToFour = (length) => (length + 3) & ~3;

async function through(bytes, stream) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

/** The tables of a WOFF file by their names. */
async function tablesOf(woff) {
  const said = viewOf(woff);
  const tables = new Map();
  for (let at = HEADER; at < HEADER + ENTRY * said.getUint16(12); at += ENTRY) {
    const [from, packed, whole] = [4, 8, 12].map((one) => said.getUint32(at + one));
    const bytes = woff.slice(from, from + packed);
    const name = String.fromCharCode(...woff.slice(at, at + 4));
    tables.set(name, packed < whole ? await through(bytes, new DecompressionStream("deflate")) : bytes);
  }
  return tables;
}

/** Tables as a WOFF file of the same kind as another. */
async function woffOf(tables, { flavour, version }) {
  const names = [...tables.keys()].sort();
  const packed = [];
  for (const name of names) {
    const bytes = tables.get(name);
    const less = await through(bytes, new CompressionStream("deflate"));
    packed.push(less.length < bytes.length ? less : bytes);
  }
  const first = HEADER + ENTRY * names.length;
  const woff = new Uint8Array(packed.reduce((sum, { length }) => sum + upToFour(length), first));
  const said = viewOf(woff);
  const sizes = names.map((name) => upToFour(tables.get(name).length));
  [0x774f4646, flavour, woff.length].forEach((one, at) => said.setUint32(4 * at, one));
  said.setUint16(12, names.length);
  said.setUint32(16, sizes.reduce((sum, size) => sum + size, 12 + 16 * names.length)); // as it would be unpacked
  said.setUint32(20, version);
  let from = first;
  names.forEach((name, number) => {
    const bytes = tables.get(name);
    const at = HEADER + ENTRY * number;
    woff.set([...name].map((sign) => sign.charCodeAt(0)), at);
    [from, packed[number].length, bytes.length, sumOf(bytes)].forEach((one, place) => said.setUint32(at + 4 + 4 * place, one));
    woff.set(packed[number], from);
    from += upToFour(packed[number].length);
  });
  return woff;
}

/** The sum of a table's words of four bytes, by which readers know it to be whole. */
function sumOf(bytes) {
  const whole = new Uint8Array(upToFour(bytes.length));
  whole.set(bytes);
  const said = viewOf(whole);
  let sum = 0;
  for (let at = 0; at < whole.length; at += 4) sum = (sum + said.getUint32(at)) >>> 0;
  return sum;
}

/** By character code, the number of its glyph: of the segments of format 4, which faces of a page have. */
function numbersOf(cmap) {
  const all = viewOf(cmap);
  const start = Array.from({ length: all.getUint16(2) }, (_, at) => all.getUint32(8 + 8 * at)).find((at) => all.getUint16(at) === 4);
  const said = viewOf(cmap.subarray(start));
  const double = said.getUint16(6); // two bytes for each segment
  const numbers = new Map();
  for (let at = 14; at < 14 + double; at += 2) {
    const [end, begin, delta, offset] = [0, 2 + double, 2 + 2 * double, 2 + 3 * double].map((more) => said.getUint16(at + more));
    for (let code = begin; code <= end && code < 0xffff; code += 1) {
      const listed = offset && said.getUint16(at + 2 + 3 * double + offset + 2 * (code - begin));
      const number = offset ? listed && (listed + delta) & 0xffff : (code + delta) & 0xffff;
      if (number) numbers.set(code, number);
    }
  }
  return numbers;
}

/** A table of codes and numbers in format 12, a group for each. */
function cmapOf(pairs) {
  const said = new DataView(new ArrayBuffer(28 + 12 * pairs.length));
  [1, 3, 10].forEach((one, at) => said.setUint16(2 + 2 * at, one)); // one table, of Unicode
  [12, 12 << 16, 16 + 12 * pairs.length, 0, pairs.length].forEach((one, at) => said.setUint32(8 + 4 * at, one));
  pairs.forEach(([code, number], at) => [code, code, number].forEach((one, place) => said.setUint32(28 + 12 * at + 4 * place, one)));
  return new Uint8Array(said.buffer);
}

/** Outlines and where they lie, of the wanted glyphs alone. */
function outlinesOf(tables, wanted) {
  const [glyf, loca, head] = ["glyf", "loca", "head"].map((name) => tables.get(name));
  const wide = viewOf(head).getInt16(50) === 1;
  const from = (number) => (wide ? viewOf(loca).getUint32(4 * number) : 2 * viewOf(loca).getUint16(2 * number));
  const count = loca.length / (wide ? 4 : 2) - 1;
  const places = new DataView(new ArrayBuffer(4 * (count + 1)));
  const outlines = [];
  let size = 0;
  for (let number = 0; number < count; number += 1) {
    places.setUint32(4 * number, size);
    const outline = wanted.has(number) ? glyf.subarray(from(number), from(number + 1)) : [];
    if (!outline.length) continue;
    if (viewOf(outline).getInt16(0) < 0) throw new Error("a glyph of the page is made of others");
    outlines.push(outline, new Uint8Array(upToFour(outline.length) - outline.length));
    size += upToFour(outline.length);
  }
  places.setUint32(4 * count, size);
  return [outlines, new Uint8Array(places.buffer)];
}

/** A face of TrueType outlines, in WOFF, as one with the glyphs of these words alone. */
export async function faceFor(woff, words) {
  const tables = await tablesOf(woff);
  const numbers = numbersOf(tables.get("cmap"));
  const codes = [...new Set(words)].map((sign) => sign.codePointAt(0)).sort((one, other) => one - other);
  const pairs = codes.filter((code) => numbers.has(code)).map((code) => [code, numbers.get(code)]);
  const [outlines, places] = outlinesOf(tables, new Set([0, ...pairs.map(([, number]) => number)]));
  const head = tables.get("head").slice();
  viewOf(head).setUint32(8, 0); // what makes up for the sum of another file
  viewOf(head).setInt16(50, 1); // places have four bytes
  tables.set("glyf", new Uint8Array(await new Blob(outlines).arrayBuffer()));
  tables.set("loca", places).set("head", head).set("cmap", cmapOf(pairs));
  UNNEEDED.forEach((name) => tables.delete(name));
  return woffOf(tables, { flavour: viewOf(woff).getUint32(4), version: viewOf(woff).getUint32(20) });
}
