package dev.lanewise.bench.paired;

/** The order of the contestants in a round: each comes first equally often, and every other round goes backwards. */
final class Rotation {
    private Rotation() {
    }

    /** The contestants' numbers in the order in which a round visits them. */
    static int[] order(int round, int contestants) {
        int[] order = new int[contestants];
        int direction = round % 2 == 0 ? 1 : -1;
        for (int i = 0; i < contestants; i++) {
            order[i] = Math.floorMod(round + direction * i, contestants);
        }
        return order;
    }
}
