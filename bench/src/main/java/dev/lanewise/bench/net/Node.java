package dev.lanewise.bench.net;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a network, in ONNX's words.
 *
 * @param op the operator's ONNX name
 * @param inputs the names of its input tensors
 * @param output the name of its output tensor
 * @param attrs its attributes
 * @param outShape the shape of its output
 * @param check facts about its output for a known input, or null
 */
public record Node(String op, List<String> inputs, String output, Attributes attrs, List<Integer> outShape,
        @Nullable Check check) {

    /**
     * The attributes that the supported operators have; null means ONNX's default.
     *
     * @param perm Transpose: output axis i is input axis perm[i]
     * @param axis Concat: the axis along which the inputs are joined
     * @param kernelShape Conv, MaxPool: rows, columns
     * @param strides Conv, MaxPool: rows, columns
     * @param dilations Conv: rows, columns; 1 means adjacent
     * @param pads Conv, MaxPool: top, left, bottom, right, in pixels
     * @param group Conv: the number of groups
     */
    public record Attributes(@Nullable List<Integer> perm, @Nullable Integer axis, @Nullable List<Integer> kernelShape,
            @Nullable List<Integer> strides,
            @Nullable List<Integer> dilations, @Nullable List<Integer> pads, @Nullable Integer group) {
    }

    /**
     * What is known of an output that was evaluated in float64.
     *
     * @param sum the sum of all elements
     * @param sumsq the sum of their squares
     * @param first the first element
     * @param last the last element
     */
    public record Check(double sum, double sumsq, double first, double last) {
    }

    /** The error of a node that does not fit together. */
    IllegalArgumentException error(String what) {
        return new IllegalArgumentException("node " + output + " (" + op + "): " + what);
    }
}
