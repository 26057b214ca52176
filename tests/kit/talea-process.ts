/** The command line as its users start it: a process of its own, in a folder of its own. For journey tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TALEA = fileURLToPath(new URL('../../runtime/cli/talea.mjs', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder that `talea` runs in. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), 'talea-desk-'));

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Writes a file and returns its name. */
  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content);
    return name;
  }

  /** Names of all files, sorted. */
  files(): string[] {
    return readdirSync(this.folder, { recursive: true, encoding: 'utf8' }).sort();
  }

  /** Starts `talea` and leaves it running. */
  start(...args: string[]): ChildProcess {
    return spawn(process.execPath, [TALEA, ...args], {
      cwd: this.folder,
      env: { ...process.env, TALEA_DEBUG: '' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  }

  /** Runs `talea` to its end. */
  async run(args: readonly string[], stdin = ''): Promise<Ended> {
    const child = this.start(...args);
    const ended = collect(child);
    child.stdin?.end(stdin);
    return ended;
  }

  clear(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What a process said, once it has ended. */
export function collect(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (piece: Buffer) => {
    stdout += piece.toString();
  });
  child.stderr?.on('data', (piece: Buffer) => {
    stderr += piece.toString();
  });
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
