package dev.lanewise.core.testkit;

import static dev.lanewise.core.testkit.Plans.batched;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Padding;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** A part of a convolution is a convolution of its own: groups, images, and an image without its edge. */
record Parts(Plans plans) {
    /** The largest stride with which an image is made two strides large. */
    private static final int MOST_SHIFT = 8;

    void groups(Conv2dCase c) {
        Tensor x = c.x();
        Tensor weight = c.weight();
        Tensor bias = c.bias();
        Tensor y = plans.convolve(c, x, weight, bias);
        Conv2dShape shape = c.shape();
        int in = shape.groupInputChannels();
        int out = shape.groupOutputChannels();
        for (int g = 0; g < shape.groups(); g++) {
            int group = g;
            Tensor groupBias = bias == null ? null : channels(bias, 0, g, out);
            Tensor alone = plans.convolve(c.withSpec(c.spec().withGroups(1)), channels(x, -3, g, in),
                    channels(weight, 0, g, out),
                    groupBias);
            Equality.assertSameBits(alone, channels(y, -3, g, out),
                    () -> "group " + group + " alone against it among the others");
        }
    }

    void images(Conv2dCase c) {
        Tensor x = batched(c.x());
        Tensor weight = c.weight();
        Tensor bias = c.bias();
        Tensor y = batched(plans.convolve(c, c.x(), weight, bias));
        for (int n = 0; n < x.size(0); n++) {
            int image = n;
            Equality.assertSameBits(plans.convolve(c, x.select(0, n), weight, bias), y.select(0, n),
                    () -> "image " + image + " alone against it in its batch");
        }
    }

    void shifted(Conv2dCase any) {
        Conv2dCase c = withoutPadding(withStrideOfAtMost(MOST_SHIFT, any));
        int down = c.spec().stride().get(0);
        int right = c.spec().stride().get(1);
        Tensor x = c.x();
        Tensor shifted = plans.convolve(c, behind(x, down, right), c.weight(), c.bias());
        Equality.assertSameBits(behind(plans.convolve(c, x, c.weight(), c.bias()), 1, 1), shifted,
                "shifted by one output pixel");
    }

    private static Conv2dCase withStrideOfAtMost(int most, Conv2dCase c) {
        List<Integer> stride = c.spec().stride();
        return c.withSpec(c.spec().withStride(Math.min(stride.get(0), most), Math.min(stride.get(1), most)));
    }

    /** No padding, and an image that has at least two output rows and columns. */
    private static Conv2dCase withoutPadding(Conv2dCase c) {
        List<Integer> x = new ArrayList<>(c.xShape());
        for (int axis = 0; axis < 2; axis++) {
            int span = c.spec().dilation().get(axis) * (c.weightShape().get(2 + axis) - 1) + 1;
            int at = x.size() - 2 + axis;
            x.set(at, Math.max(x.get(at), span + c.spec().stride().get(axis)));
        }
        return c.withSpec(c.spec().withPadding(Padding.NONE).withPaddingMode(PaddingMode.ZEROS)).withShapes(x,
                c.weightShape());
    }

    private static Tensor channels(Tensor tensor, int axis, int group, int count) {
        return tensor.slice(axis, group * count, (group + 1) * count, 1);
    }

    private static Tensor behind(Tensor image, int rows, int columns) {
        return image.slice(-2, rows, image.size(-2), 1).slice(-1, columns, image.size(-1), 1);
    }
}
