// Restores the IDE's bundle with npm, as part of the gateway's build: node restore.mjs TARGET STAMP
// Always ends with 0 and within LIMIT_MS: without the bundle the gateway serves a small page of its own.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LIMIT_MS = 60_000;
const PACKAGE = '@chillicream/bananacakepop-graphql-ide';
// What only bundlers of other programs need, and the service worker, which would keep a copy of everything in the browser.
const LEFT_OUT = new Set(['index.cjs', 'index.mjs', 'index.d.cts', 'index.d.mts', 'package.json', 'robots.txt', 'asset-manifest.json',
  'service-worker.js', 'README.md']);

const [target, stamp] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const work = `${target}.npm`;

function give(reason) {
  console.log(`The Banana Cake Pop IDE was not restored (${reason}); /graphql will be a small page instead. Build again with npm and a network to get it.`);
  process.exit(0);
}

function npm(args) {
  return new Promise((resolve) => {
    const child = spawn('npm', args, { cwd: work, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32', detached: process.platform !== 'win32' });
    let output = '';
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      try { process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL'); } catch { /* it has just ended */ }
    }, LIMIT_MS);
    child.stdout.on('data', (data) => { output += data; });
    child.stderr.on('data', (data) => { output += data; });
    child.on('error', (error) => { clearTimeout(timer); resolve(error.code === 'ENOENT' ? 'npm is not installed' : error.message); });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (timedOut) resolve(`npm took longer than ${LIMIT_MS / 1000} s`);
      else if (code === 0) resolve(null);
      else resolve((output.split('\n').find((line) => /^npm (error|ERR!)/.test(line)) ?? `npm ended with ${code}`).trim());
    });
  });
}

try {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) cpSync(join(here, file), join(work, file));
  const problem = await npm(['ci', '--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-timeout=20000']);
  if (problem) give(problem);

  const source = join(work, 'node_modules', PACKAGE);
  if (!existsSync(join(source, 'index.html')) || !existsSync(join(source, 'LICENSE'))) give('the package is not what it was');
  const copy = join(work, 'bundle');
  cpSync(source, copy, { recursive: true, filter: (file) => dirname(file) !== source || !LEFT_OUT.has(file.slice(source.length + 1)) });
  rmSync(target, { recursive: true, force: true });
  renameSync(copy, target);
  rmSync(work, { recursive: true, force: true });
  writeFileSync(stamp, '');
} catch (error) {
  give(error.message);
}
