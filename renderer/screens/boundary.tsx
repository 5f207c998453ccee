import { Component, type ReactNode } from 'react';
import { Button } from '../parts/button.tsx';
import { useRondo } from '../state/use-rondo.tsx';
import { frameText } from '../text/frame.ts';
import { Stuck } from './door/stuck.tsx';

/** Whatever cannot be drawn, or read from the bundle: React alone would leave an empty window. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly hasFailed: boolean }> {
  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override state = { hasFailed: false };

  override render() {
    return this.state.hasFailed ? <Undrawn /> : this.props.children;
  }
}

/** Locking brings a fresh page, in which nothing is left of this one. */
function Undrawn() {
  const lockPressed = useRondo((state) => state.lockPressed);
  const went = useRondo((state) => state.went);
  function lock() {
    // Where the fresh page begins: what could not be drawn might not be drawn there either.
    went({ at: 'inventory' });
    void lockPressed();
  }
  return (
    <Stuck title={frameText.undrawn} what={frameText.undrawnTitle} next={frameText.undrawnAbout}>
      <Button look="primary" large wide icon="lock" autoFocus onClick={lock}>
        {frameText.lockAndGoOn}
      </Button>
    </Stuck>
  );
}
