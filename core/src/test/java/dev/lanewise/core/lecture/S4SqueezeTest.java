package dev.lanewise.core.lecture;

import static dev.lanewise.core.lecture.Lecture.assertPrints;
import static dev.lanewise.core.lecture.Lecture.assertSize;

import dev.lanewise.core.ops.Tensors;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Section 4 of the notes: axes of size 1 that come and go. */
class S4SqueezeTest {
    private final Tensor vector = Tensors.tensor(new long[] {1, 2, 3, 4});

    @Test
    void shapesOfLiterals() {
        assertSize("torch.Size([4])", vector);
        assertSize("torch.Size([1, 4])", Tensors.tensor(new long[][] {{1, 2, 3, 4}}));
    }

    @Test
    void unsqueezeInFront() {
        Tensor tensorY = vector.unsqueeze(0);
        assertPrints("tensor([[1, 2, 3, 4]])", tensorY);
        assertSize("torch.Size([1, 4])", tensorY);
    }

    @Test
    void unsqueezeBehind() {
        Tensor tensorY = vector.unsqueeze(1);
        assertPrints("""
                tensor([[1],
                        [2],
                        [3],
                        [4]])""", tensorY);
        assertSize("torch.Size([4, 1])", tensorY);
    }

    @Test
    void unsqueezeInTheMiddle() {
        Tensor tensorX = Tensors.tensor(new long[][][] {{{1, 2, 1, 2}, {3, 4, 3, 4}, {1, 3, 1, 3}},
            {{5, 6, 5, 6}, {6, 7, 6, 7}, {8, 9, 8, 9}}});
        assertPrints("""
                tensor([[[1, 2, 1, 2],
                         [3, 4, 3, 4],
                         [1, 3, 1, 3]],

                        [[5, 6, 5, 6],
                         [6, 7, 6, 7],
                         [8, 9, 8, 9]]])""", tensorX);
        assertSize("torch.Size([2, 3, 4])", tensorX);
        Tensor tensorY = tensorX.unsqueeze(1);
        assertPrints("""
                tensor([[[[1, 2, 1, 2],
                          [3, 4, 3, 4],
                          [1, 3, 1, 3]]],


                        [[[5, 6, 5, 6],
                          [6, 7, 6, 7],
                          [8, 9, 8, 9]]]])""", tensorY);
        assertSize("torch.Size([2, 1, 3, 4])", tensorY);
    }

    @Test
    void squeezeDropsAllAxesOfSizeOne() {
        Tensor x = Tensors.tensor(new long[][][][] {{{{1, 2, 3, 4}}}});
        assertPrints("tensor([[[[1, 2, 3, 4]]]])", x);
        assertSize("torch.Size([1, 1, 1, 4])", x);
        assertPrints("tensor([1, 2, 3, 4])", x.squeeze());
        assertSize("torch.Size([4])", x.squeeze());
    }

    @Test
    void squeezeInTheMiddle() {
        Tensor x = Tensors.zeros(4, 1, 5);
        assertPrints("""
                tensor([[[0., 0., 0., 0., 0.]],

                        [[0., 0., 0., 0., 0.]],

                        [[0., 0., 0., 0., 0.]],

                        [[0., 0., 0., 0., 0.]]])""", x);
        assertPrints("""
                tensor([[0., 0., 0., 0., 0.],
                        [0., 0., 0., 0., 0.],
                        [0., 0., 0., 0., 0.],
                        [0., 0., 0., 0., 0.]])""", x.squeeze());
    }
}
