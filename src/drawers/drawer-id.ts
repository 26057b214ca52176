/** Names of the drawers. Alone, so that the desk can name one without knowing what lies in it. */
export type DrawerId = 'pieces' | 'sounds' | 'reference' | 'settings';
