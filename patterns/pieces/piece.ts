/** What a piece is: a program to open, to play and to learn from. Plain data; it knows no patterns and no page. */
export interface Piece {
  /** Stable name, in links and tests. */
  readonly id: string;
  readonly title: string;
  /** The program, as typed. */
  readonly text: string;
  /** What it is and what to try in it, in two or three sentences. */
  readonly about: string;
}
