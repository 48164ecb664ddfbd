package dev.lanewise.core.lecture;

import static dev.lanewise.core.lecture.Lecture.arr;
import static dev.lanewise.core.lecture.Lecture.assertPrints;
import static dev.lanewise.core.lecture.Lecture.assertSize;
import static dev.lanewise.core.lecture.Lecture.ker;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Section 3 of the notes: the shapes that conv2d wants. */
class S3SpecsTest {
    @Test
    void imageAsTensor() {
        Tensor tsrArr = arr();
        assertPrints("""
                tensor([[4., 4., 4., 4., 1., 1., 1., 1.],
                        [4., 4., 4., 4., 1., 1., 1., 1.],
                        [4., 4., 4., 4., 1., 1., 1., 1.],
                        [4., 4., 4., 4., 1., 1., 1., 1.],
                        [4., 4., 4., 4., 1., 1., 1., 1.],
                        [4., 4., 4., 4., 1., 1., 1., 1.],
                        [4., 4., 4., 4., 1., 1., 1., 1.],
                        [4., 4., 4., 4., 1., 1., 1., 1.]], dtype=torch.float64)""", tsrArr);
        assertSize("torch.Size([8, 8])", tsrArr);
        assertEquals("float64", tsrArr.dtype().label());
    }

    @Test
    void kernelAsTensor() {
        assertPrints("""
                tensor([[-1.,  0.,  1.],
                        [-1.,  0.,  1.],
                        [-1.,  0.,  1.]], dtype=torch.float64)""", ker());
        assertSize("torch.Size([3, 3])", ker());
    }

    @Test
    void imageWithBatchAndChannel() {
        Tensor tsrArr = arr().unsqueeze(0).unsqueeze(0);
        assertPrints("""
                tensor([[[[4., 4., 4., 4., 1., 1., 1., 1.],
                          [4., 4., 4., 4., 1., 1., 1., 1.],
                          [4., 4., 4., 4., 1., 1., 1., 1.],
                          [4., 4., 4., 4., 1., 1., 1., 1.],
                          [4., 4., 4., 4., 1., 1., 1., 1.],
                          [4., 4., 4., 4., 1., 1., 1., 1.],
                          [4., 4., 4., 4., 1., 1., 1., 1.],
                          [4., 4., 4., 4., 1., 1., 1., 1.]]]], dtype=torch.float64)""", tsrArr);
        assertSize("torch.Size([1, 1, 8, 8])", tsrArr);
    }
}
