package dev.lanewise.bench.lecture;

import dev.lanewise.core.print.NumpyPrinter;
import dev.lanewise.core.print.TorchPrinter;
import dev.lanewise.core.tensor.Tensor;
import java.io.PrintWriter;
import java.lang.StackWalker.StackFrame;

/**
 * One section: {@link #run} makes tensors and prints them. Each print shows the lines of {@code run} since the last one, and below them
 * what is printed.
 */
abstract class Section {
    private final String title;
    private Listing listing = Listing.NONE;

    Section(String title) {
        this.title = title;
    }

    /** The examples. */
    abstract void run();

    final void replay(int number, PrintWriter out) {
        String heading = number + ". " + title;
        out.println(heading);
        out.println("=".repeat(heading.length()));
        out.println();
        listing = new Listing(getClass(), out);
        run();
        out.println();
    }

    /** Shows a tensor as PyTorch prints it. */
    protected final void print(Tensor tensor) {
        show(TorchPrinter.format(tensor));
    }

    /** Shows a tensor as NumPy prints it. */
    protected final void printArray(Tensor tensor) {
        show(NumpyPrinter.str(tensor));
    }

    /** Shows a text. */
    protected final void print(String text) {
        show(text);
    }

    /** Shows a truth value as Python prints it. */
    protected final void print(boolean value) {
        show(TorchPrinter.bool(value));
    }

    /** Shows the message of a call that must fail. */
    protected final void printError(Runnable call) {
        try {
            call.run();
        } catch (IllegalArgumentException e) {
            show("error: " + e.getMessage());
            return;
        }
        throw new IllegalStateException("a call that is an example of an error went well");
    }

    private void show(String result) {
        listing.show(StackWalker.getInstance()
                .walk(frames -> frames.filter(this::isRun).findFirst().orElseThrow().getLineNumber()), result);
    }

    private boolean isRun(StackFrame frame) {
        return frame.getMethodName().equals("run") && frame.getClassName().equals(getClass().getName());
    }
}
