/**
 * TypeScript as the editor sees it: the parser, how lines are indented, what a comment is. Made from the parser alone,
 * since the ready-made package brings completion for plain JavaScript, which a first sound would have to wait for.
 */
import {
  continuedIndent,
  delimitedIndent,
  foldInside,
  foldNodeProp,
  indentNodeProp,
  LanguageSupport,
  LRLanguage,
} from '@codemirror/language';
import { parser } from '@lezer/javascript';

const typescript = LRLanguage.define({
  name: 'typescript',
  parser: parser.configure({
    dialect: 'ts',
    props: [
      indentNodeProp.add({
        'Block ClassBody ObjectExpression ObjectType': delimitedIndent({ closing: '}' }),
        'ArrayExpression ArrayPattern TupleType': delimitedIndent({ closing: ']' }),
        'ArgList ParamList ParenthesizedExpression': delimitedIndent({ closing: ')', align: false }),
        'TemplateString BlockComment': () => null,
        // A chain of calls hangs below the track or the name it belongs to.
        'LabeledStatement ExpressionStatement VariableDeclaration Property': continuedIndent({
          except: /^\s*[{)\]]/,
        }),
      }),
      foldNodeProp.add({
        'Block ClassBody ObjectExpression ArrayExpression ArgList TemplateString': foldInside,
      }),
    ],
  }),
  languageData: {
    closeBrackets: { brackets: ['(', '[', '{', "'", '"', '`'] },
    commentTokens: { line: '//', block: { open: '/*', close: '*/' } },
    indentOnInput: /^\s*[}\])]$/,
    wordChars: '$',
  },
});

export const language = new LanguageSupport(typescript);
