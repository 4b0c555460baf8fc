import type { Format } from './packages.ts';

/** The one place where updates start another program. */
export interface Installer {
  /** Whether this computer has a program that installs such a package when it is opened. */
  canInstall(format: Format): Promise<boolean>;
  /**
   * Opens a package with that program, which goes on when Daybook ends.
   * @throws when it could not be started
   */
  open(file: string): Promise<void>;
  /** Shows a file in its folder, in the system's own window. */
  show(file: string): void;
  /** Ends Daybook in good order, a moment later. */
  quit(): void;
}
