package dev.lanewise.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Chains of views against plain lists of elements. */
class ViewChainsTest {
    private static final int MAX_NUMEL = 5000;

    private Tensor tensor = Tensor.zeros(DType.INT32);
    private IndexModel model = IndexModel.rising();
    private final List<String> done = new ArrayList<>();

    /** Each step is a seed that chooses an operation and its arguments among those that fit. */
    @Property(tries = 3000)
    void chainsMeanWhatTheListsMean(@ForAll @Size(max = 4) List<@IntRange(max = 5) Integer> shape,
            @ForAll @Size(max = 10) List<Integer> steps) {
        model = IndexModel.rising(ints(shape));
        tensor = Tensor.of(model.elements().clone(), ints(shape));
        done.clear();
        done.add("of" + shape);
        check();
        for (int seed : steps) {
            step(new SplittableRandom(seed));
            check();
        }
    }

    private void step(SplittableRandom random) {
        int rank = tensor.rank();
        switch (random.nextInt(13)) {
            case 0 -> permute(random);
            case 1 -> unsqueeze(random.nextInt(-rank - 1, rank + 1));
            case 2, 3 -> reshape(random);
            case 4 -> expand(random);
            case 5 -> squeeze();
            case 6 -> copies(random.nextBoolean());
            default -> {
                if (rank > 0) {
                    int axis = random.nextInt(-rank, rank);
                    ofAxis(axis, axis < 0 ? axis + rank : axis, random);
                }
            }
        }
    }

    private void ofAxis(int axis, int wrapped, SplittableRandom random) {
        int size = model.shape()[wrapped];
        switch (random.nextInt(5)) {
            case 0 -> transpose(axis, random.nextInt(tensor.rank()));
            case 1 -> {
                if (size > 0) {
                    select(axis, wrapped, random.nextInt(-size, size));
                }
            }
            case 2 -> slice(axis, wrapped, random.nextInt(-size - 1, size + 2), random.nextInt(-size - 1, size + 2),
                    random.nextInt(1, 4));
            case 3 -> {
                int start = random.nextInt(-size, size + 1);
                narrow(axis, wrapped, start, random.nextInt(size - (start < 0 ? start + size : start) + 1));
            }
            default -> squeeze(axis, wrapped);
        }
    }

    // ---- the operations, on both sides ----

    private void permute(SplittableRandom random) {
        int[] axes = IntStream.range(0, tensor.rank()).toArray();
        for (int i = axes.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int axis = axes[i];
            axes[i] = axes[j];
            axes[j] = axis;
        }
        done.add("permute" + Arrays.toString(axes));
        tensor = tensor.permute(axes);
        permuteModel(axes);
    }

    private void transpose(int axis0, int axis1) {
        done.add("transpose(" + axis0 + ", " + axis1 + ")");
        int[] axes = IntStream.range(0, tensor.rank()).toArray();
        int wrapped = axis0 < 0 ? axis0 + axes.length : axis0;
        axes[wrapped] = axis1;
        axes[axis1] = wrapped;
        tensor = tensor.transpose(axis0, axis1);
        permuteModel(axes);
    }

    private void permuteModel(int... axes) {
        int[] old = model.shape();
        model = model.map(Arrays.stream(axes).map(axis -> old[axis]).toArray(), index -> {
            int[] oldIndex = new int[axes.length];
            for (int i = 0; i < axes.length; i++) {
                oldIndex[axes[i]] = index[i];
            }
            return oldIndex;
        });
    }

    private void select(int axis, int wrapped, int i) {
        done.add("select(" + axis + ", " + i + ")");
        tensor = tensor.select(axis, i);
        int chosen = i < 0 ? i + model.shape()[wrapped] : i;
        model = model.map(without(model.shape(), wrapped), index -> with(index, wrapped, chosen));
    }

    /** Python's slices are what a list's sublist of the clipped range is, every step-th of it. */
    private void slice(int axis, int wrapped, int start, int end, int step) {
        done.add("slice(" + axis + ", " + start + ", " + end + ", " + step + ")");
        tensor = tensor.slice(axis, start, end, step);
        int size = model.shape()[wrapped];
        int from = Math.clamp(start < 0 ? start + size : start, 0, size);
        int to = Math.clamp(end < 0 ? end + size : end, 0, size);
        keep(wrapped, IntStream.range(from, to).filter(i -> (i - from) % step == 0).toArray());
    }

    private void narrow(int axis, int wrapped, int start, int length) {
        done.add("narrow(" + axis + ", " + start + ", " + length + ")");
        tensor = tensor.narrow(axis, start, length);
        int from = start < 0 ? start + model.shape()[wrapped] : start;
        keep(wrapped, IntStream.range(from, from + length).toArray());
    }

    private void keep(int axis, int... kept) {
        int[] shape = model.shape().clone();
        shape[axis] = kept.length;
        model = model.map(shape, index -> {
            int[] old = index.clone();
            old[axis] = kept[index[axis]];
            return old;
        });
    }

    private void unsqueeze(int axis) {
        done.add("unsqueeze(" + axis + ")");
        int place = axis < 0 ? axis + tensor.rank() + 1 : axis;
        tensor = tensor.unsqueeze(axis);
        model = model.reshape(with(model.shape(), place, 1));
    }

    private void squeeze(int axis, int wrapped) {
        done.add("squeeze(" + axis + ")");
        tensor = tensor.squeeze(axis);
        model = model.shape()[wrapped] == 1 ? model.reshape(without(model.shape(), wrapped)) : model;
    }

    private void squeeze() {
        done.add("squeeze()");
        tensor = tensor.squeeze();
        model = model.reshape(Arrays.stream(model.shape()).filter(size -> size != 1).toArray());
    }

    /** Axes of size 1 grow to up to 3, and one may be added. */
    private void expand(SplittableRandom random) {
        int added = random.nextInt(2);
        int[] old = model.shape();
        int[] sizes = new int[old.length + added];
        int[] wanted = new int[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            boolean grows = i < added || (old[i - added] == 1 && random.nextBoolean());
            sizes[i] = grows ? random.nextInt(4) : old[i - added];
            wanted[i] = !grows && random.nextBoolean() ? -1 : sizes[i];
        }
        if ((long) IndexModel.rising(sizes).elements().length > MAX_NUMEL) {
            return;
        }
        done.add("expand" + Arrays.toString(wanted));
        tensor = tensor.expand(wanted);
        model = model.map(sizes, index -> {
            int[] oldIndex = Arrays.copyOfRange(index, added, index.length);
            for (int axis = 0; axis < oldIndex.length; axis++) {
                oldIndex[axis] = Math.min(oldIndex[axis], old[axis] - 1);
            }
            return oldIndex;
        });
    }

    /** A view exactly where the elements have strides in the new shape; reshape everywhere. */
    private void reshape(SplittableRandom random) {
        int[] shape = factors(tensor.numel(), random);
        int[] wanted = shape.clone();
        if (shape.length > 0 && tensor.numel() > 0 && random.nextBoolean()) {
            wanted[random.nextInt(shape.length)] = -1;
        }
        done.add("reshape" + Arrays.toString(wanted));
        model = model.reshape(shape);
        Tensor viewed = null;
        if (new IndexModel(shape, positions(tensor)).hasStrides()) {
            viewed = tensor.view(wanted);
            assertSame(tensor.storage(), viewed.storage(), this::toString);
            assertArrayEquals(positions(tensor), positions(viewed), this::toString);
        } else {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> tensor.view(wanted),
                    this::toString);
            assertEquals(
                    "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous "
                            + "subspaces). Use .reshape(...) instead.",
                    e.getMessage());
        }
        Tensor reshaped = tensor.reshape(wanted);
        assertEquals(viewed != null, reshaped.storage() == tensor.storage(), this::toString);
        tensor = reshaped;
    }

    /** Sizes whose product is numel; its prime factors fall to the axes at random. */
    private static int[] factors(int numel, SplittableRandom random) {
        int[] sizes = new int[random.nextInt(numel == 1 ? 0 : 1, 6)];
        Arrays.fill(sizes, 1);
        if (numel == 0) {
            Arrays.setAll(sizes, i -> random.nextInt(3));
            sizes[random.nextInt(sizes.length)] = 0;
            return sizes;
        }
        int rest = numel;
        for (int factor = 2; rest > 1; factor++) {
            for (; rest % factor == 0; rest /= factor) {
                sizes[random.nextInt(sizes.length)] *= factor;
            }
        }
        return sizes;
    }

    private void copies(boolean always) {
        done.add(always ? "copy()" : "contiguous()");
        Tensor copy = always ? tensor.copy() : tensor.contiguous();
        boolean same = copy.storage() == tensor.storage();
        assertEquals(!always && tensor.isContiguous(), same, this::toString);
        assertEquals(same && tensor.numel() > 0, tensor.overlaps(copy), this::toString);
        tensor = copy;
    }

    // ---- comparing ----

    private void check() {
        assertArrayEquals(model.shape(), tensor.shape(), this::toString);
        assertEquals(model.elements().length, tensor.numel(), this::toString);
        int[] positions = positions(tensor);
        int[] found = Arrays.stream(positions).map(position -> (int) tensor.storage().getLong(position)).toArray();
        assertArrayEquals(model.elements(), found, this::toString);
        for (int i = 0; i < positions.length; i++) {
            assertEquals(positions[i], tensor.position(model.index(i)), this::toString);
        }
        IndexModel places = new IndexModel(model.shape(), positions);
        assertEquals(places.isRun(), tensor.isContiguous(), this::toString);
        assertEquals(places.repeats(), tensor.repeatsElements(), this::toString);
        checkCopyFrom(found);
        // any tensor can be made from its parts
        Tensor again = Tensor.strided(DType.INT32, tensor.storage().array(), tensor.offset(), tensor.shape(),
                tensor.strides());
        assertArrayEquals(positions, positions(again), this::toString);
    }

    /** Elements written to a view of the same kind arrive in their places. */
    private void checkCopyFrom(int... elements) {
        if (tensor.repeatsElements()) {
            return;
        }
        Tensor target = Tensor.strided(DType.INT32, new int[tensor.storage().length()], tensor.offset(), tensor.shape(),
                tensor.strides());
        target.copyFrom(tensor);
        assertArrayEquals(elements,
                Arrays.stream(positions(target)).map(position -> (int) target.storage().getLong(position)).toArray(),
                this::toString);
        assertFalse(target.overlaps(tensor), this::toString);
    }

    private static int[] positions(Tensor tensor) {
        int[] positions = new int[tensor.numel()];
        Positions at = tensor.positions();
        for (int i = 0; i < positions.length; i++) {
            positions[i] = at.next();
        }
        assertFalse(at.hasNext());
        return positions;
    }

    @Override
    public String toString() {
        return String.join(".", done);
    }

    private static int[] without(int[] values, int axis) {
        return IntStream.range(0, values.length).filter(i -> i != axis).map(i -> values[i]).toArray();
    }

    private static int[] with(int[] values, int axis, int value) {
        return IntStream.rangeClosed(0, values.length)
                .map(i -> i < axis ? values[i] : i == axis ? value : values[i - 1]).toArray();
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
