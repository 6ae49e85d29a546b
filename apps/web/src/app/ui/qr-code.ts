import { Component, input, resource } from '@angular/core';
import { qrPicture } from './qr-picture.ts';

/** A QR code, dark on light in every theme: readers want it so. */
@Component({
  selector: 'app-qr-code',
  host: { class: 'qr', 'data-testid': 'qr' },
  template: `
    @if (picture.hasValue()) {
      @let drawn = picture.value();
      <svg
        role="img"
        [attr.aria-label]="label()"
        [attr.viewBox]="'0 0 ' + drawn.size + ' ' + drawn.size"
        shape-rendering="crispEdges"
      >
        <path class="qr-light" [attr.d]="'M0 0h' + drawn.size + 'v' + drawn.size + 'h-' + drawn.size + 'z'" />
        <path class="qr-dark" [attr.d]="drawn.path" />
      </svg>
    }
  `,
})
export class QrCode {
  readonly text = input.required<string>();
  readonly label = input.required<string>();
  protected readonly picture = resource({
    params: () => this.text(),
    loader: ({ params }) => qrPicture(params),
  });
}
