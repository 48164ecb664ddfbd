package dev.lanewise.core.testkit;

import dev.lanewise.core.tensor.Positions;
import dev.lanewise.core.tensor.Tensor;
import java.lang.reflect.Array;

/**
 * Remembers an array and finds out whether something was written to where nothing may be written.
 *
 * <pre>{@code
 * Guard guard = Guard.around(y);
 * plan.run(x, y);
 * guard.assertUntouched("the array around y");
 * }</pre>
 */
public final class Guard {
    private final Tensor tensor;
    private final Tensor before;
    private final boolean[] open;

    private Guard(Tensor tensor, boolean[] open) {
        this.tensor = tensor;
        this.before = whole(tensor).copy();
        this.open = open;
    }

    /** Guards the whole array of a tensor, what lies around a view included. */
    public static Guard of(Tensor tensor) {
        return new Guard(tensor, new boolean[tensor.storage().length()]);
    }

    /** Guards what lies around a view in its array; the view's own elements may be written. */
    public static Guard around(Tensor view) {
        boolean[] open = new boolean[view.storage().length()];
        for (Positions at = view.positions(); at.hasNext();) {
            open[at.next()] = true;
        }
        return new Guard(view, open);
    }

    /**
     * Asserts that every guarded place holds what it held.
     *
     * @param what the name of what is guarded, for the message
     * @throws AssertionError which names the first place that does not
     */
    public void assertUntouched(String what) {
        for (int i = 0; i < open.length; i++) {
            if (!open[i] && Equality.bits(tensor.storage(), i) != Equality.bits(before.storage(), i)) {
                throw new AssertionError(what + " was written to: position " + i + " of an array of " + open.length
                        + ", in which " + tensor
                        + " starts at " + tensor.offset() + ", held " + Equality.show(before.storage(), i)
                        + " and holds "
                        + Equality.show(tensor.storage(), i));
            }
        }
    }

    private static Tensor whole(Tensor tensor) {
        Object array = tensor.storage().array();
        return Tensor.strided(tensor.dtype(), array, 0, new int[] {Array.getLength(array)}, new int[] {1});
    }
}
