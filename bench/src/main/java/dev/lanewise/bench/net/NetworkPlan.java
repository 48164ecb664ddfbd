package dev.lanewise.bench.net;

import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network made ready to run: convolution plans and a tensor for each value between the nodes.
 *
 * <p>The tensors are written anew by each run, so one thread at a time may run it.
 */
public final class NetworkPlan {
    private final Network network;
    private final Map<String, Tensor> values;
    private final List<Runnable> steps;
    private final List<Conv2dPlan> convolutions;

    NetworkPlan(Network network, Map<String, Tensor> values, List<Runnable> steps, List<Conv2dPlan> convolutions) {
        this.network = network;
        this.values = Map.copyOf(values);
        this.steps = List.copyOf(steps);
        this.convolutions = List.copyOf(convolutions);
    }

    /** The convolutions' plans, in the order of execution. */
    public List<Conv2dPlan> convolutions() {
        return convolutions;
    }

    /** Runs the network on an input, which is copied. */
    public void run(Tensor x) {
        value(network.input()).copyFrom(x);
        for (Runnable step : steps) {
            step.run();
        }
    }

    /** The value of a node after a run, by its name; the next run overwrites it. */
    public Tensor value(String name) {
        Tensor value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the network has no value " + name);
        }
        return value;
    }

    /** Copies of all outputs, by their names. */
    public Map<String, Tensor> outputs() {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (String name : network.outputs()) {
            outputs.put(name, value(name).copy());
        }
        return outputs;
    }
}
