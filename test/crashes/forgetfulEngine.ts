import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newFolder } from '../support/engine.ts';
import { faultEngine } from '../support/faultEngine.ts';

/** How long each of its syncs takes, told it by `wish`: writes wait meanwhile in its memory, and are acknowledged. */
export const heldUpMs = 900;

/**
 * The fault build, told `appendfsync everysec` in place of what the program tells it. It acknowledges first and syncs once a
 * second beside that; what comes while a sync goes on is not even in the file. The program has no setting for this, so
 * its configuration is changed on the way.
 * @returns a program to start in place of redis-server
 */
export function forgetfulEngine(): string {
  const program = path.join(newFolder(), 'redis-server-forgetful');
  // `exec` keeps the number of the process that the launcher watches.
  const script = `#!/bin/sh
configuration=$(sed 's/^appendfsync always$/appendfsync everysec/')
case $configuration in *'appendfsync everysec'*) ;; *) exit 1 ;; esac
exec '${faultEngine}' - <<END
$configuration
END
`;
  writeFileSync(program, script);
  chmodSync(program, 0o700);
  return program;
}
