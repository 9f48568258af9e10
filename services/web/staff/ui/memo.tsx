import { Component, type FunctionComponent } from "preact";

/** The same view, drawn again only when one of its properties is another one. */
export function memo<P extends object>(View: FunctionComponent<P>) {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>) {
      const keys = Object.keys(next) as (keyof P)[];
      return keys.some((key) => next[key] !== this.props[key]);
    }

    override render() {
      return <View {...this.props} />;
    }
  };
}
