/**
 * The same text with bytes of its own. What is cut out of a larger text is a view of it, so that a short name that is
 * remembered would keep a whole block of a file in memory.
 */
export const detached = (text: string): string => Buffer.from(text).toString();
