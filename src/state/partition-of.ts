/**
 * The partition of a key, from 0. The function is part of the format of states: machines that deal one log must agree.
 * Whoever forges keys can make one partition heavy, and no more.
 *
 * @param rule the id of the first rule that shares the key's source
 */
export function partitionOf(rule: string, key: string, of: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < rule.length; index++) hash = Math.imul(hash ^ rule.charCodeAt(index), PRIME);
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), PRIME);
  // FNV-1a alone spreads its lowest bits badly.
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return (hash >>> 0) % of;
}

/** Of FNV-1a. */
const PRIME = 0x01000193;
