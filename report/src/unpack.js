// Reads what src/report/pack.rs writes: base64 of deflated [length of header, header, columns in LEB128].

/** The header with its columns as typed arrays in `columns`. */
export async function unpack(text) {
  const packed = atob(text.trim());
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const buffer = await new Response(stream).arrayBuffer();
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const body = new Uint8Array(buffer, 4 + length);
  const columns = {};
  for (const [name, [start, count]] of Object.entries(header.columns)) columns[name] = column(body, start, count);
  return { ...header, columns };
}

function column(body, start, count) {
  const values = new Uint32Array(count);
  let at = start;
  for (let i = 0; i < count; i++) {
    let value = 0;
    let shift = 0;
    let byte;
    do {
      byte = body[at++];
      value |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte >= 0x80);
    values[i] = value >>> 0;
  }
  return values;
}

/** A column of which the differences are stored (zigzag). */
export function summed(steps) {
  const values = new Uint32Array(steps.length);
  let value = 0;
  for (let i = 0; i < steps.length; i++) {
    value = (value + ((steps[i] >>> 1) ^ -(steps[i] & 1))) >>> 0;
    values[i] = value;
  }
  return values;
}
