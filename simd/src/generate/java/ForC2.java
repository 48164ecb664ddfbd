/** Lines of micro-kernels that compute nothing, and have C2 give the registers of a loop to what it computes. */
class ForC2 {
    /** All ones, and no less than KC, the most taps of a call. */
    private static final int MASK = 511;

    /**
     * Keeps the loads behind it from moving ahead of those before it. Ahead they hold a register each, for lack of which a sum is kept on the stack then, at half of the
     * speed. On x86 this is no instruction; elsewhere it would be one, and is left out.
     */
    static final String ORDERED = "if (VectorEnvironment.ORDERS_LOADS) { VarHandle.loadLoadFence(); }";

    private ForC2() {
    }

    /**
     * Declares {@code end}, which is {@code taps}, at most KC. The mask changes no value: it says that the loop is short, and has no need of an outer loop for
     * safepoints («loop strip mining»), whose limit, stride and counter would take three of 13 general registers. For lack of these C2 keeps addresses in free vector
     * registers, where they wait behind the FMAs: 12x2 and 13x2 are 12 and 15 % faster for the mask (JDK 25, Zen 5). A check that throws has no such effect.
     */
    static String shortLoop(String taps) {
        return "int end = %s & %d;".formatted(taps, MASK);
    }
}
