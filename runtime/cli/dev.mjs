/** `npm run dev`: engine and bundles as needed, then Vite with hot reload. Bundles are built anew on each start. */
import { ensureInstalled } from './build/install.mjs';
import { inProject, PlainError } from './build/project.mjs';
import { buildParts, runPlainly } from './build.mjs';

await runPlainly(async () => {
  const tell = (line) => console.log(line);
  await ensureInstalled({ tell });
  await buildParts(['engine', 'bundles'], { tell });
  const { createServer } = await import('vite');
  const port = Number(process.env.PORT ?? 5173);
  if (!Number.isInteger(port)) throw new PlainError('talea: PORT is not a number.', 2);
  const server = await createServer({
    root: inProject('src'),
    configFile: inProject('vite.config.ts'),
    server: { port },
  });
  await server.listen();
  server.printUrls();
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
  await server.close();
});
