import { Button } from '../../parts/button.tsx';
import { Note } from '../../parts/note.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { homeText } from '../../text/home.ts';

/** Each is a token that somebody made and nobody has: one click from where it can be taken. */
export function Sealed({ values }: { values: number }) {
  const sealedShown = useRondo((state) => state.sealedShown);
  const went = useRondo((state) => state.went);
  return (
    <Note
      icon="sealed"
      title={homeText.sealed(values)}
      act={
        <Button
          onClick={() => {
            sealedShown();
            went({ at: 'inventory' });
          }}
        >
          {homeText.showSealed}
        </Button>
      }
    >
      {homeText.sealedAbout(values)}
    </Note>
  );
}
