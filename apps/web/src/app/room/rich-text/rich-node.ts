/** What a message may contain besides plain words. There is no node for HTML, pictures or anything that loads. */
export type RichNode =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  /** `label`: what stood beside the opening marks, such as a language. */
  | { kind: 'fence'; label: string; text: string }
  | { kind: 'strong' | 'em' | 'paragraph' | 'quote'; children: readonly RichNode[] }
  | { kind: 'list'; ordered: boolean; start: number; items: readonly (readonly RichNode[])[] }
  | {
      kind: 'link';
      href: string;
      /** Where the link really leads, when its words don't already say so. */
      host: string | undefined;
      /** Its name has letters that can look like others. */
      lookAlike: boolean;
      children: readonly RichNode[];
    };

/** A text without any markup. */
export const plain = (text: string): readonly RichNode[] => [{ kind: 'text', text }];
