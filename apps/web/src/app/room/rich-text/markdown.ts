import MarkdownIt, { type Token } from 'markdown-it';
import { hasLookAlikes, hostToShow, linkTarget } from './link-target.ts';
import { plain, type RichNode } from './rich-node.ts';

/** Deeper than this, a text is shown as it was written. */
const MAX_DEPTH = 12;

const parser = markdownParser();

/** Reads the markup of a message. Whatever it doesn't know stays as it was written; it never throws. */
export function parseMarkdown(text: string): readonly RichNode[] {
  const tokens = parser.parse(text, {});
  if (tokens.some((token) => isTooDeep(token))) return plain(text);
  return new TreeBuilder().build(tokens);
}

function markdownParser() {
  const markdown = new MarkdownIt('zero', { html: false, linkify: true, breaks: false });
  markdown.enable(['blockquote', 'fence', 'list']);
  markdown.enable(['linkify', 'newline', 'escape', 'backticks', 'emphasis', 'link', 'autolink']);
  markdown.validateLink = (href) => linkTarget(href) !== undefined;
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  for (const scheme of ['ftp:', 'mailto:', '//']) markdown.linkify.add(scheme, null);
  return markdown;
}

const isTooDeep = (token: Token): boolean =>
  token.level > MAX_DEPTH || (token.children?.some((child) => child.level > MAX_DEPTH) ?? false);

/** A node whose end hasn't been read yet. */
type Open = { children: RichNode[]; close: (children: readonly RichNode[]) => RichNode };

/** Turns markdown-it's flat list of tokens into a tree of the nodes we know. */
class TreeBuilder {
  readonly #open: Open[] = [{ children: [], close: (children) => ({ kind: 'paragraph', children }) }];

  build(tokens: readonly Token[]): readonly RichNode[] {
    for (const token of tokens) this.#take(token);
    return this.#open[0]!.children;
  }

  #take(token: Token): void {
    if (token.type === 'inline') return token.children?.forEach((child) => this.#take(child));
    if (token.nesting > 0) this.#open.push({ children: [], close: closing(token) });
    else if (token.nesting < 0) this.#close();
    else this.#add(leafOf(token));
  }

  #close(): void {
    const done = this.#open.pop();
    if (done) this.#add(done.close(done.children));
  }

  #add(node: RichNode): void {
    if (node.kind === 'text' && node.text === '') return;
    this.#open.at(-1)?.children.push(node);
  }
}

function leafOf(token: Token): RichNode {
  switch (token.type) {
    case 'code_inline':
      return { kind: 'code', text: token.content };
    case 'fence':
      return { kind: 'fence', label: token.info.trim(), text: token.content.replace(/\n$/, '') };
    case 'softbreak':
    case 'hardbreak':
      return { kind: 'text', text: '\n' };
    default:
      return { kind: 'text', text: token.content };
  }
}

function closing(token: Token): Open['close'] {
  switch (token.type) {
    case 'strong_open':
      return (children) => ({ kind: 'strong', children });
    case 'em_open':
      return (children) => ({ kind: 'em', children });
    case 'blockquote_open':
      return (children) => ({ kind: 'quote', children });
    case 'bullet_list_open':
      return (children) => ({ kind: 'list', ordered: false, start: 1, items: itemsOf(children) });
    case 'ordered_list_open':
      return (children) => ({
        kind: 'list',
        ordered: true,
        start: Number(token.attrGet('start') ?? 1),
        items: itemsOf(children),
      });
    case 'link_open':
      return (children) => linkOf(String(token.attrGet('href')), children);
    default:
      return (children) => ({ kind: 'paragraph', children });
  }
}

/** A list holds nothing but its items, which come as paragraphs around their content. */
const itemsOf = (children: readonly RichNode[]): readonly (readonly RichNode[])[] =>
  children.map((child) => ('children' in child ? child.children : [child]));

function linkOf(href: string, children: readonly RichNode[]): RichNode {
  const url = linkTarget(href);
  if (!url) return { kind: 'paragraph', children };
  const host = hostToShow(url, wordsOf(children));
  return { kind: 'link', href: url.href, host, lookAlike: hasLookAlikes(url), children };
}

/** The words of a link, in which no blocks stand. */
function wordsOf(nodes: readonly RichNode[]): string {
  return nodes.map(wordsOfOne).join('');
}

function wordsOfOne(node: RichNode): string {
  if ('text' in node) return node.text;
  return 'children' in node ? wordsOf(node.children) : '';
}
