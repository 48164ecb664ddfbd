package dev.lanewise.core.lecture;

import static dev.lanewise.core.lecture.Lecture.assertPrints;
import static dev.lanewise.core.lecture.Lecture.assertSize;
import static dev.lanewise.core.lecture.Lecture.errorOf;
import static dev.lanewise.core.lecture.Lecture.twoChannels;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.nn.Conv2d;
import dev.lanewise.core.ops.Arithmetic;
import dev.lanewise.core.ops.Conversion;
import dev.lanewise.core.random.Generator;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/**
 * Section 8 of the notes: many channels, and groups of them.
 *
 * <p>One generator at seed 0 drew the kernels of this section one after the other, after the kernel of section 6.
 */
class S8ChannelsTest {
    private final Generator generator = new Generator(0);
    private final Conv2d oneToOne = Conv2d.builder(1, 1, 3).bias(false).build(generator);
    private final Conv2d twoToOne = Conv2d.builder(2, 1, 3).bias(false).build(generator);
    private final Conv2d twoToThree = Conv2d.builder(2, 3, 3).bias(false).build(generator);
    private final Conv2d notShown = Conv2d.builder(2, 3, 3).build(generator);
    private final Conv2d fourGroups = Conv2d.builder(4, 4, 3).groups(4).build(generator);
    private final Conv2d twoGroups = Conv2d.builder(4, 4, 3).groups(2).bias(false).build(generator);

    @Test
    void twoChannelInput() {
        assertPrints("""
                tensor([[[[0., 0., 1., 0., 0., 0., 0., 0.],
                          [0., 0., 1., 0., 0., 0., 0., 0.],
                          [0., 0., 1., 0., 0., 0., 0., 0.],
                          [0., 0., 1., 0., 0., 0., 0., 0.],
                          [0., 0., 1., 0., 0., 0., 0., 0.],
                          [0., 0., 1., 0., 0., 0., 0., 0.],
                          [0., 0., 1., 0., 0., 0., 0., 0.],
                          [0., 0., 1., 0., 0., 0., 0., 0.]],

                         [[0., 0., 0., 0., 0., 0., 1., 0.],
                          [0., 0., 0., 0., 0., 0., 1., 0.],
                          [0., 0., 0., 0., 0., 0., 1., 0.],
                          [0., 0., 0., 0., 0., 0., 1., 0.],
                          [0., 0., 0., 0., 0., 0., 1., 0.],
                          [0., 0., 0., 0., 0., 0., 1., 0.],
                          [0., 0., 0., 0., 0., 0., 1., 0.],
                          [0., 0., 0., 0., 0., 0., 1., 0.]]]])""", twoChannels());
        assertSize("torch.Size([1, 2, 8, 8])", twoChannels());
    }

    /** Drawn only to move the generator on. */
    @Test
    void kernelsBeforeAndBetween() {
        assertSize("torch.Size([1, 1, 3, 3])", oneToOne.weight());
        assertSize("torch.Size([3, 2, 3, 3])", notShown.weight());
    }

    @Test
    void kernelTwoToOne() {
        assertPrints("""
                tensor([[[[ 0.0624, -0.0712, -0.0463],
                          [-0.2252, -0.1561, -0.0972],
                          [ 0.0087,  0.0932,  0.1414]],

                         [[-0.1598, -0.1026,  0.0856],
                          [ 0.1957, -0.0485,  0.1764],
                          [-0.0380,  0.0249,  0.2134]]]])""", twoToOne.weight());
        assertSize("torch.Size([1, 2, 3, 3])", twoToOne.weight());
    }

    @Test
    void outputTwoToOne() {
        Tensor output = twoToOne.forward(twoChannels());
        assertPrints("""
                tensor([[[[-0.0021, -0.1342, -0.1541,  0.0000,  0.4754, -0.1262],
                          [-0.0021, -0.1342, -0.1541,  0.0000,  0.4754, -0.1262],
                          [-0.0021, -0.1342, -0.1541,  0.0000,  0.4754, -0.1262],
                          [-0.0021, -0.1342, -0.1541,  0.0000,  0.4754, -0.1262],
                          [-0.0021, -0.1342, -0.1541,  0.0000,  0.4754, -0.1262],
                          [-0.0021, -0.1342, -0.1541,  0.0000,  0.4754, -0.1262]]]])""", output);
        assertSize("torch.Size([1, 1, 6, 6])", output);
    }

    @Test
    void outputTwoToOneInSteps() {
        assertPrints("""
                tensor([[[[ 0,  0, -1,  0,  5,  0],
                          [ 0,  0, -1,  0,  5,  0],
                          [ 0,  0, -1,  0,  5,  0],
                          [ 0,  0, -1,  0,  5,  0],
                          [ 0,  0, -1,  0,  5,  0],
                          [ 0,  0, -1,  0,  5,  0]]]], dtype=torch.int8)""", steps(twoToOne.forward(twoChannels())));
    }

    @Test
    void kernelTwoToThree() {
        assertPrints("""
                tensor([[[[-0.2187, -0.1484, -0.0597],
                          [-0.0919,  0.2036, -0.1528],
                          [-0.1085, -0.1647, -0.2207]],

                         [[-0.1376,  0.2026,  0.1052],
                          [ 0.1142,  0.0124, -0.1208],
                          [ 0.0399, -0.2201, -0.1703]]],


                        [[[-0.1215,  0.1487,  0.1382],
                          [-0.1045, -0.0085,  0.1507],
                          [ 0.2343,  0.0935,  0.0318]],

                         [[ 0.1580, -0.1388,  0.0439],
                          [-0.1827, -0.1634, -0.1218],
                          [ 0.1066,  0.0948, -0.1396]]],


                        [[[ 0.0712,  0.1294, -0.0297],
                          [ 0.0090,  0.0546,  0.1462],
                          [ 0.2263, -0.1816, -0.0864]],

                         [[ 0.0926,  0.1953,  0.2051],
                          [ 0.2080,  0.0469, -0.2050],
                          [ 0.0217, -0.1475, -0.2197]]]])""", twoToThree.weight());
        assertSize("torch.Size([3, 2, 3, 3])", twoToThree.weight());
    }

    @Test
    void outputTwoToThreeInSteps() {
        assertPrints("""
                tensor([[[[-3,  0, -3,  0, -1,  0],
                          [-3,  0, -3,  0, -1,  0],
                          [-3,  0, -3,  0, -1,  0],
                          [-3,  0, -3,  0, -1,  0],
                          [-3,  0, -3,  0, -1,  0],
                          [-3,  0, -3,  0, -1,  0]],

                         [[ 3,  2,  0,  0, -1, -1],
                          [ 3,  2,  0,  0, -1, -1],
                          [ 3,  2,  0,  0, -1, -1],
                          [ 3,  2,  0,  0, -1, -1],
                          [ 3,  2,  0,  0, -1, -1],
                          [ 3,  2,  0,  0, -1, -1]],

                         [[ 0,  0,  3,  0, -1,  1],
                          [ 0,  0,  3,  0, -1,  1],
                          [ 0,  0,  3,  0, -1,  1],
                          [ 0,  0,  3,  0, -1,  1],
                          [ 0,  0,  3,  0, -1,  1],
                          [ 0,  0,  3,  0, -1,  1]]]], dtype=torch.int8)""", steps(twoToThree.forward(twoChannels())));
    }

    /** Tenths, by adding a half and cutting toward zero. */
    private static Tensor steps(Tensor output) {
        return Conversion.to(Arithmetic.add(Arithmetic.multiply(output, 10), 0.5), DType.INT8);
    }

    @Test
    void groupsThatDoNotDivide() {
        assertEquals("out_channels must be divisible by groups",
                errorOf(() -> Conv2d.builder(2, 3, 3).groups(2).bias(false).build(generator)));
    }

    @Test
    void kernelOfFourGroups() {
        assertPrints("""
                tensor([[[[ 0.0675,  0.2119,  0.3157],
                          [ 0.2117,  0.3165, -0.0241],
                          [-0.2994, -0.1580,  0.2270]]],


                        [[[-0.0022, -0.1657, -0.2554],
                          [-0.3120, -0.2813, -0.0676],
                          [ 0.1828,  0.1802, -0.3215]]],


                        [[[ 0.2079, -0.2608, -0.0705],
                          [-0.1352, -0.0642, -0.0654],
                          [-0.2991, -0.2878, -0.0522]]],


                        [[[ 0.0043, -0.1514,  0.1256],
                          [-0.3000, -0.0225,  0.2931],
                          [-0.1360,  0.3010,  0.1207]]]])""", fourGroups.weight());
        assertSize("torch.Size([4, 1, 3, 3])", fourGroups.weight());
    }

    @Test
    void kernelOfTwoGroups() {
        assertPrints("""
                tensor([[[[ 0.1885, -0.1905,  0.0253],
                          [-0.0493,  0.1683,  0.0658],
                          [ 0.1133,  0.0832, -0.0567]],

                         [[-0.0496, -0.1942,  0.1277],
                          [ 0.1871,  0.1613, -0.1663],
                          [ 0.0105, -0.1662, -0.1298]]],


                        [[[-0.1373,  0.0806, -0.1405],
                          [-0.0051,  0.0099,  0.1519],
                          [-0.1782, -0.1618, -0.1369]],

                         [[ 0.1650, -0.0847,  0.1988],
                          [ 0.0852,  0.0298, -0.0018],
                          [-0.0466,  0.0296, -0.0538]]],


                        [[[-0.0017,  0.0301, -0.1844],
                          [-0.1235,  0.1903, -0.1913],
                          [-0.0169,  0.2332,  0.0851]],

                         [[ 0.0067, -0.2043,  0.1168],
                          [-0.1679, -0.0669, -0.0791],
                          [-0.0349,  0.0026,  0.1944]]],


                        [[[ 0.0294,  0.2111,  0.1442],
                          [-0.1490,  0.1057, -0.1666],
                          [-0.0999,  0.0693,  0.0778]],

                         [[ 0.1768, -0.0759,  0.0004],
                          [ 0.1213, -0.2279,  0.1704],
                          [-0.1949,  0.0032, -0.0401]]]])""", twoGroups.weight());
        assertSize("torch.Size([4, 2, 3, 3])", twoGroups.weight());
    }
}
