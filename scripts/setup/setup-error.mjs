/**
 * An error made for a person, in the product's own shape. Set-up runs before any package is installed, so it
 * cannot use the product's class.
 */
export class SetupError extends Error {
  /**
   * @param {string} name permanent
   * @param {string} message what happened and why
   * @param {{ hint: string, details?: readonly string[] }} options what to do next; expected, then received
   */
  constructor(name, message, { hint, details = [] }) {
    super(message);
    this.name = name;
    this.hint = hint;
    this.details = details;
  }

  /** The text that a person reads. */
  get text() {
    return [
      `${this.name}: ${this.message}`,
      ...this.details.map((line) => `  ${line}`),
      `  hint: ${this.hint}`,
    ].join('\n');
  }
}
