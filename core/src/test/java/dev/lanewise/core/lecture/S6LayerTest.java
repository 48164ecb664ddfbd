package dev.lanewise.core.lecture;

import static dev.lanewise.core.lecture.Lecture.arr;
import static dev.lanewise.core.lecture.Lecture.assertPrints;
import static dev.lanewise.core.lecture.Lecture.assertPrintsWide;
import static dev.lanewise.core.lecture.Lecture.assertSize;
import static dev.lanewise.core.lecture.Lecture.assertType;

import dev.lanewise.core.nn.Conv2d;
import dev.lanewise.core.ops.Conversion;
import dev.lanewise.core.ops.Tensors;
import dev.lanewise.core.random.Generator;
import dev.lanewise.core.random.RandomTensors;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Section 6 of the notes: the layer, with its own random kernel and with a kernel that is set. */
class S6LayerTest {
    private final Generator generator = new Generator(0);
    private final Conv2d conop = Conv2d.builder(1, 1, 3).bias(false).build(generator);
    private final Tensor input = RandomTensors.randn(generator, 1, 1, 8, 8);
    private final Tensor ownInput = arr().unsqueeze(0).unsqueeze(0);

    @Test
    void randomInput() {
        assertPrintsWide("""
                tensor([[[[ 0.4372,  0.4913, -0.2041, -0.0885,  0.5239, -0.6659,  0.8504, -1.3527],
                          [-1.3453,  0.7854,  0.9928, -0.1932, -0.3090,  0.5026, -0.8594,  0.7502],
                          [-0.1577,  1.4437,  0.2660,  0.1665,  0.8744, -0.1435, -0.1116, -0.6136],
                          [ 1.2590,  2.0050,  0.0537,  0.6181, -0.4128, -0.8411, -2.3160, -0.1023],
                          [-0.7425,  0.5627,  0.2596, -0.1740, -0.6787,  0.9383,  0.4889, -0.6731],
                          [ 0.0845, -1.2001, -0.0048, -0.5181, -0.3067, -1.5810,  1.7066, -0.4462],
                          [-0.4503, -0.5731, -0.5554,  0.5943,  1.5419,  0.5073, -0.5910, -0.5692],
                          [ 0.1886, -0.0691, -0.4949, -1.4959, -0.1938,  0.4455,  1.3253, -1.6293]]]])""", input);
        assertSize("torch.Size([1, 1, 8, 8])", input);
        assertType("torch.FloatTensor", input);
    }

    @Test
    void randomOutput() {
        Tensor output = conop.forward(input);
        assertPrints("""
                tensor([[[[ 0.8354, -0.2950, -0.3890,  0.6428, -0.4596,  0.5685],
                          [ 0.2685, -0.1622,  0.2145, -0.4469, -0.0307, -0.9696],
                          [-0.2300, -0.3751, -0.3678, -0.1845,  0.2430,  0.7862],
                          [ 0.1561, -0.3299, -0.0062,  0.3382,  0.1095, -0.2624],
                          [ 0.0321,  0.1809,  0.3099,  0.0354,  0.6075,  0.2559],
                          [-0.0840,  0.3232, -0.1971,  0.0273, -1.1666,  0.7276]]]])""", output);
        assertSize("torch.Size([1, 1, 6, 6])", output);
        assertType("torch.FloatTensor", output);
    }

    @Test
    void randomKernel() {
        Tensor ker = conop.weight();
        assertPrints("""
                tensor([[[[-0.0025,  0.1788, -0.2743],
                          [-0.2453, -0.1284,  0.0894],
                          [-0.0066,  0.2643, -0.0296]]]])""", ker);
        assertSize("torch.Size([1, 1, 3, 3])", ker);
        assertType("torch.FloatTensor", ker);
    }

    @Test
    void ownInputIsDouble() {
        assertPrints("""
                tensor([[[[4., 4., 4., 4., 1., 1., 1., 1.],
                          [4., 4., 4., 4., 1., 1., 1., 1.],
                          [4., 4., 4., 4., 1., 1., 1., 1.],
                          [4., 4., 4., 4., 1., 1., 1., 1.],
                          [4., 4., 4., 4., 1., 1., 1., 1.],
                          [4., 4., 4., 4., 1., 1., 1., 1.],
                          [4., 4., 4., 4., 1., 1., 1., 1.],
                          [4., 4., 4., 4., 1., 1., 1., 1.]]]], dtype=torch.float64)""", ownInput);
        assertSize("torch.Size([1, 1, 8, 8])", ownInput);
        assertType("torch.DoubleTensor", ownInput);
        assertType("torch.FloatTensor", Conversion.toFloat(ownInput));
    }

    @Test
    void ownInputAndKernel() {
        Tensor integers = Tensors.tensor(new long[][] {{-1, 0, 1}, {-1, 0, 1}, {-1, 0, 1}});
        assertType("torch.LongTensor", integers);

        conop.setWeight(Conversion.toFloat(integers).unsqueeze(0).unsqueeze(0));
        Tensor output = conop.forward(Conversion.toFloat(ownInput));
        assertPrints("""
                tensor([[[[ 0.,  0., -9., -9.,  0.,  0.],
                          [ 0.,  0., -9., -9.,  0.,  0.],
                          [ 0.,  0., -9., -9.,  0.,  0.],
                          [ 0.,  0., -9., -9.,  0.,  0.],
                          [ 0.,  0., -9., -9.,  0.,  0.],
                          [ 0.,  0., -9., -9.,  0.,  0.]]]])""", output);
        assertSize("torch.Size([1, 1, 6, 6])", output);
    }
}
