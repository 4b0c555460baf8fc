// What the scripts tell the person at the keyboard: one plain line each, on stderr so that results keep stdout.
export const say = (line) => process.stderr.write(`daybook: ${line}\n`);

/** Ends the script with a sentence instead of a stack trace. */
export class Stop extends Error {}

/** Runs a script's main function; a Stop is shown as its sentence, anything else with its stack. */
export async function runMain(main) {
  try {
    const code = await main();
    process.exitCode = typeof code === 'number' ? code : 0;
  } catch (error) {
    if (error instanceof Stop) say(error.message);
    else console.error(error);
    process.exitCode = 1;
  }
}
