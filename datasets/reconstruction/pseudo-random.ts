/**
 * A number from 0 to `below` - 1 that depends on the text alone (FNV-1a). It breaks ties between equally good
 * placements: without it, all of them would fall to the projects that are printed first.
 */
export function pseudoRandom(text: string, below: number): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  // FNV leaves its low bits regular for texts that differ in their last character only.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) % below;
}
