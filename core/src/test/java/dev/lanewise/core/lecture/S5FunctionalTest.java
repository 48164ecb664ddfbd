package dev.lanewise.core.lecture;

import static dev.lanewise.core.lecture.Lecture.arr;
import static dev.lanewise.core.lecture.Lecture.assertPrints;
import static dev.lanewise.core.lecture.Lecture.assertSize;
import static dev.lanewise.core.lecture.Lecture.ker;

import dev.lanewise.core.conv.Conv2d;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Section 5 of the notes: conv2d as a function; the signs are opposite to those of section 1. */
class S5FunctionalTest {
    private final Tensor tsrArr = arr().unsqueeze(0).unsqueeze(0);
    private final Tensor tsrKer = ker().unsqueeze(0).unsqueeze(0);

    @Test
    void kernel() {
        assertPrints("""
                tensor([[[[-1.,  0.,  1.],
                          [-1.,  0.,  1.],
                          [-1.,  0.,  1.]]]], dtype=torch.float64)""", tsrKer);
        assertSize("torch.Size([1, 1, 3, 3])", tsrKer);
    }

    @Test
    void convolution() {
        Tensor output = Conv2d.apply(tsrArr, tsrKer, null, Conv2dSpec.DEFAULT.withStride(1));
        assertPrints("""
                tensor([[[[ 0.,  0., -9., -9.,  0.,  0.],
                          [ 0.,  0., -9., -9.,  0.,  0.],
                          [ 0.,  0., -9., -9.,  0.,  0.],
                          [ 0.,  0., -9., -9.,  0.,  0.],
                          [ 0.,  0., -9., -9.,  0.,  0.],
                          [ 0.,  0., -9., -9.,  0.,  0.]]]], dtype=torch.float64)""", output);
        assertSize("torch.Size([1, 1, 6, 6])", output);
    }
}
