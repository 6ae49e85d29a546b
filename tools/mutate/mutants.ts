import ts from 'typescript';
import { callsTo, isNamed, replaceIn, shown, type Edit } from './edits.ts';

/** One change to one file that a test must notice. */
export interface Mutant {
  file: string;
  line: number;
  kind: 'refusal' | 'condition' | 'secret' | 'input' | 'erasure';
  /** The change in words and code; together with the file it names the mutant. */
  what: string;
  edits: readonly Edit[];
}

/** What `rule` says of one node; a rule that has nothing to say gives an empty list. */
type Rule = (node: ts.Node, source: ts.SourceFile) => Omit<Mutant, 'file' | 'line'>[];

const REFUSING = /^#?(require|check|end$|decodeParams$)/;
const DERIVING = new Set(['dk', 'mix', 'hkdfSha256', 'ecdh', 'hmacSha256', 'pbkdf2Sha256', 'joinerSecret']);
const ABSORBING = new Set([
  ...['hmacSha256', 'sha256', 'hkdfSha256', 'dk', 'mix', 'ecdsaSign', 'ecdsaVerify', 'isSignedBy', 'signAs'],
]);
/** More parts than anything signed has. */
const MAX_PARTS = 16;
/** Functions that make what is signed, authenticated or derived from, for both sides. */
const SHARED_INPUT = /(ToSign|Aad|Label|Info|^tag|Hash|^encodeGroupContext|^encodeRoster|^encodeEntry)$/;

const RULES: readonly Rule[] = [refusals, conditions, verdicts, secrets, keyInputs, joinedInputs, erasures];

/** All mutants of a source file, in the order of their lines. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Mutant[] = pairedInputs(source).map((mutant) => located(mutant, file, source));
  const visit = (node: ts.Node): void => {
    for (const rule of RULES) {
      for (const mutant of rule(node, source)) found.push(located(mutant, file, source));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.filter(({ edits }) => changes(text, edits)).sort((a, b) => a.line - b.line);
}

/** The text of a file with a mutant in it. @throws Error when it isn't TypeScript any more: the rule is wrong then */
export function mutated(text: string, { file, what, edits }: Mutant): string {
  const result = [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((so, { start, end, text: put }) => so.slice(0, start) + put + so.slice(end), text);
  if (!parses(file, result)) throw new Error(`${file}: "${what}" does not parse`);
  return result;
}

/** The parser keeps its complaints on the tree, which its types don't say; a whole program would take seconds a mutant. */
function parses(file: string, text: string): boolean {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const { parseDiagnostics } = source as ts.SourceFile & { parseDiagnostics: readonly ts.Diagnostic[] };
  return parseDiagnostics.length === 0;
}

/** Zeros in the place of zeros are no change, nor is an empty context that was not given. */
function changes(text: string, edits: readonly Edit[]): boolean {
  return edits.some(
    ({ start, end, text: put }) => ![put, 'undefined', 'EMPTY'].includes(text.slice(start, end)),
  );
}

function located(mutant: Omit<Mutant, 'file' | 'line'>, file: string, source: ts.SourceFile): Mutant {
  const at = mutant.edits[0]?.start ?? 0;
  return { file, line: source.getLineAndCharacterOfPosition(at).line + 1, ...mutant };
}

/** Each `throw`, and each statement that only checks, left out. */
function refusals(node: ts.Node, source: ts.SourceFile): ReturnType<Rule> {
  const refuses =
    ts.isThrowStatement(node) || (ts.isExpressionStatement(node) && isRefusingCall(node.expression));
  if (!refuses) return [];
  return [{ kind: 'refusal', what: `without ${shown(node)}`, edits: [replaceIn(source, node, '{}')] }];
}

function isRefusingCall(expression: ts.Expression): boolean {
  const call = ts.isAwaitExpression(expression) ? expression.expression : expression;
  if (!ts.isCallExpression(call)) return false;
  const { expression: callee } = call;
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  return REFUSING.test(name);
}

/** Each part of a compound condition that never speaks. */
function conditions(node: ts.Node, source: ts.SourceFile): ReturnType<Rule> {
  if (!ts.isBinaryExpression(node)) return [];
  const operator = node.operatorToken.kind;
  const and = operator === ts.SyntaxKind.AmpersandAmpersandToken;
  const or = operator === ts.SyntaxKind.BarBarToken;
  if ((!and && !or) || !isJudgement(node)) return [];
  const silent = and ? 'true' : 'false';
  return [node.left, node.right]
    .filter((side) => !isChain(side, operator))
    .map((side) => ({
      kind: 'condition',
      what: `${silent} for ${shown(side)}`,
      edits: [replaceIn(source, side, silent)],
    }));
}

function isChain(node: ts.Expression, operator: ts.SyntaxKind): boolean {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === operator;
}

/** Whether a condition decides a refusal: it stands in an `if` with a throw, is returned, or is kept under a name. */
function isJudgement(node: ts.Node): boolean {
  let at: ts.Node = node;
  while (ts.isBinaryExpression(at.parent) || ts.isParenthesizedExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (ts.isIfStatement(parent)) return /\b(throw|return false)\b/.test(parent.thenStatement.getText());
  return ts.isReturnStatement(parent) || ts.isVariableDeclaration(parent) || ts.isArrowFunction(parent);
}

/** Each verdict of a function that returns a boolean, turned into yes. */
function verdicts(node: ts.Node, source: ts.SourceFile): ReturnType<Rule> {
  if (!ts.isReturnStatement(node) || !node.expression || node.expression.getText() === 'true') return [];
  const maker = ts.findAncestor(node, ts.isFunctionLike);
  if (!maker?.type || !/^(boolean|Promise<boolean>)$/.test(maker.type.getText())) return [];
  return [
    {
      kind: 'condition',
      what: `true for ${shown(node.expression)}`,
      edits: [replaceIn(source, node.expression, 'true')],
    },
  ];
}

/** Each derived or random secret replaced by zeros. */
function secrets(node: ts.Node, source: ts.SourceFile): ReturnType<Rule> {
  if (!ts.isCallExpression(node)) return [];
  const call = node.getText();
  if (isNamed(node, new Set(['randomBytes']))) {
    const zeros = `new Uint8Array(${node.arguments[0]?.getText() ?? ''})`;
    return [{ kind: 'secret', what: `zeros for ${shown(node)}`, edits: [replaceIn(source, node, zeros)] }];
  }
  if (!isNamed(node, DERIVING)) return [];
  const zeroed = `${call}.then((secret) => secret.fill(0))`;
  return [{ kind: 'secret', what: `zeros for ${shown(node)}`, edits: [replaceIn(source, node, zeroed)] }];
}

/** Each input of DK and MIX left out. */
function keyInputs(node: ts.Node, source: ts.SourceFile): ReturnType<Rule> {
  if (!ts.isCallExpression(node)) return [];
  const secretInputs = isNamed(node, new Set(['mix'])) ? 2 : isNamed(node, new Set(['dk'])) ? 1 : 0;
  if (secretInputs === 0) return [];
  return node.arguments.slice(0, secretInputs + 2).map((argument, i) => {
    const empty = i < secretInputs ? 'new Uint8Array(32)' : i === secretInputs ? "''" : 'new Uint8Array(0)';
    const role = i < secretInputs ? 'secret' : i === secretInputs ? 'label' : 'context';
    return {
      kind: 'input',
      what: `no ${role} ${shown(argument)} in ${shown(node)}`,
      edits: [replaceIn(source, argument, empty)],
    };
  });
}

/** Each part of what is hashed, MACed, signed or authenticated, left out of the place where it is put together. */
function joinedInputs(node: ts.Node, source: ts.SourceFile): ReturnType<Rule> {
  if (!ts.isCallExpression(node) || !isNamed(node, new Set(['concat'])) || !isAbsorbed(node)) return [];
  return node.arguments
    .filter((part) => !(ts.isCallExpression(part) && isNamed(part, new Set(['concat']))))
    .filter((part) => !ts.isSpreadElement(part))
    .map((part) => ({
      kind: 'input',
      what: `no ${shown(part)} in ${shown(node)}`,
      edits: [replaceIn(source, part, 'new Uint8Array(0)')],
    }));
}

function isAbsorbed(node: ts.Node): boolean {
  const absorber = ts.findAncestor(
    node.parent,
    (above) => ts.isCallExpression(above) && isNamed(above, ABSORBING),
  );
  if (absorber) return true;
  const maker = ts.findAncestor(node, ts.isFunctionDeclaration);
  return SHARED_INPUT.test(maker?.name?.text ?? '');
}

/** What both sides of one file put in: left out on both, as somebody would who forgot it. */
function pairedInputs(source: ts.SourceFile): Omit<Mutant, 'file' | 'line'>[] {
  const sealing = pairOf(source, 'aesGcmSeal', 'aesGcmOpen');
  const signing = pairOf(source, 'signAs', 'isSignedBy');
  const parts = signing.map((call) => joinedParts(call.arguments[2]));
  const shared = Math.min(...parts.map(({ length }) => length), MAX_PARTS);
  return [
    ...emptied(source, 'associated data when sealing and opening', argumentsAt(sealing, 2)),
    ...emptied(source, 'label when signing and verifying', argumentsAt(signing, 1), "''"),
    ...Array.from({ length: signing.length > 0 ? shared : 0 }, (_, i) =>
      emptied(
        source,
        `part ${i} when signing and verifying`,
        parts.flatMap((each) => each[i] ?? []),
      ),
    ).flat(),
  ];
}

function emptied(
  source: ts.SourceFile,
  role: string,
  nodes: readonly ts.Node[],
  text = 'new Uint8Array(0)',
): Omit<Mutant, 'file' | 'line'>[] {
  if (nodes.length === 0) return [];
  return [{ kind: 'input', what: `no ${role}`, edits: nodes.map((node) => replaceIn(source, node, text)) }];
}

/** All calls of two functions that belong together, when the file has both. */
function pairOf(source: ts.SourceFile, one: string, other: string): ts.CallExpression[] {
  const calls = callsTo(source, new Set([one, other]));
  return new Set(calls.map(calleeName)).size === 2 ? calls : [];
}

function argumentsAt(calls: readonly ts.CallExpression[], index: number): ts.Expression[] {
  return calls.flatMap((call) => call.arguments[index] ?? []);
}

function joinedParts(argument: ts.Expression | undefined): readonly ts.Expression[] {
  const joined = argument && ts.isCallExpression(argument) && isNamed(argument, new Set(['concat']));
  return joined ? argument.arguments : [];
}

/** Each overwriting of secrets left out. */
function erasures(node: ts.Node, source: ts.SourceFile): ReturnType<Rule> {
  if (!ts.isExpressionStatement(node) || !ts.isCallExpression(node.expression)) return [];
  if (!/^erase/.test(calleeName(node.expression))) return [];
  return [{ kind: 'erasure', what: `without ${shown(node)}`, edits: [replaceIn(source, node, '{}')] }];
}

function calleeName(call: ts.CallExpression): string {
  return ts.isIdentifier(call.expression) ? call.expression.text : '';
}
