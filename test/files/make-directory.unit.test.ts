import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDirectory } from '../../src/files/make-directory.js';
import { testDirectory } from '../support/directory.js';

const directory = testDirectory();

describe('making a directory', () => {
  it('makes those above it too, and is content with what is there', () => {
    const path = join(directory, 'a', 'b');
    makeDirectory(path);
    makeDirectory(path);
    expect(existsSync(path)).toBe(true);
  });

  it.runIf(existsSync('/proc/self'))('fails where nothing can be made, instead of trying for ever', () => {
    expect(() => makeDirectory('/proc/peildatum/data')).toThrow('ENOENT');
  });
});
