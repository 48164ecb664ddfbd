package dev.lanewise.bench.verify;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Fault;
import dev.lanewise.core.testkit.PlainProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A provider with a mistake, under a name of its own. */
abstract class FaultyProvider implements Conv2dProvider {
    private final String name;
    private final PlainProvider plain;

    FaultyProvider(String name, Fault fault) {
        this.name = name;
        this.plain = new PlainProvider(fault);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String describe() {
        return plain.describe();
    }

    @Override
    public boolean supports(DType dtype) {
        return dtype == DType.FLOAT32;
    }

    @Override
    public List<String> algorithms() {
        return plain.algorithms();
    }

    @Override
    public Conv2dPlan plan(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, Conv2dOptions options) {
        return plain.plan(shape, weight, bias, options);
    }
}
