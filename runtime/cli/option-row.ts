/** What an option of a command is. Apart from the parser, since the table of commands needs the type alone. */

interface OptionBase {
  /** Without dashes. */
  readonly name: string;
  /** One letter, without dash. */
  readonly short?: string;
  readonly text: string;
}

/** One option. Numbers are refused outside min..max (both included). */
export type OptionRow =
  | (OptionBase & { readonly kind: 'flag' })
  | (OptionBase & { readonly kind: 'text'; readonly valueName: string; readonly valueOptional?: boolean })
  | (OptionBase & { readonly kind: 'choice'; readonly choices: readonly string[] })
  | (OptionBase & {
      readonly kind: 'number' | 'integer';
      readonly valueName: string;
      readonly min: number;
      readonly max: number;
    });
