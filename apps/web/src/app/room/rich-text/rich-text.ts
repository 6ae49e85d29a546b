import { Component, forwardRef, input } from '@angular/core';
import { injectTexts } from '../../i18n/language.ts';
import type { RichNode } from './rich-node.ts';

/** Draws the nodes of a message. Every word goes through interpolation; no markup is ever handed to the browser. */
@Component({
  selector: 'app-rich-text',
  imports: [forwardRef(() => RichText)],
  template: `
    @for (node of nodes(); track $index) {
      @switch (node.kind) {
        @case ('text') {
          <ng-container>{{ node.text }}</ng-container>
        }
        @case ('code') {
          <code>{{ node.text }}</code>
        }
        @case ('fence') {
          @if (node.label) {
            <p class="fence-label">{{ node.label }}</p>
          }
          <pre tabindex="0" dir="ltr"><code>{{ node.text }}</code></pre>
        }
        @case ('strong') {
          <strong><app-rich-text [nodes]="node.children" /></strong>
        }
        @case ('em') {
          <em><app-rich-text [nodes]="node.children" /></em>
        }
        @case ('paragraph') {
          <p dir="auto"><app-rich-text [nodes]="node.children" /></p>
        }
        @case ('quote') {
          <blockquote dir="auto"><app-rich-text [nodes]="node.children" /></blockquote>
        }
        @case ('list') {
          @if (node.ordered) {
            <ol [attr.start]="node.start">
              @for (item of node.items; track $index) {
                <li dir="auto"><app-rich-text [nodes]="item" /></li>
              }
            </ol>
          } @else {
            <ul>
              @for (item of node.items; track $index) {
                <li dir="auto"><app-rich-text [nodes]="item" /></li>
              }
            </ul>
          }
        }
        @case ('link') {
          <a [attr.href]="node.href" target="_blank" rel="noopener noreferrer nofollow" data-testid="link"
            ><app-rich-text [nodes]="node.children" />
            @if (node.host; as host) {
              <bdi
                class="link-host"
                data-testid="link-host"
                [class.link-warning]="node.lookAlike"
                [attr.title]="node.lookAlike ? links().lookAlike(host) : texts().opens(host)"
                >{{ host }}</bdi
              >
              @if (node.lookAlike) {
                <span class="hidden-text">{{ links().lookAlike(host) }}</span>
              }
            }
          </a>
        }
      }
    }
  `,
})
export class RichText {
  readonly nodes = input.required<readonly RichNode[]>();
  protected readonly texts = injectTexts('message');
  protected readonly links = injectTexts('links');
}
