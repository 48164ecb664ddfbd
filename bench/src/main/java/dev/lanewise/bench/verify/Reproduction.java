package dev.lanewise.bench.verify;

import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.ImageLayout;
import dev.lanewise.core.npy.Npy;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Equality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A convolution of the test kit as files and a command, for someone who has neither the kit nor this program at hand. */
public final class Reproduction {
    private static final int[] THREADS = {1, 2, 3};
    private final Subject subject;
    private final Conv2dCase conv2d;
    private final Path folder;

    /**
     * Of a convolution that the subject gets wrong.
     *
     * @param folder where the files are to be
     */
    public Reproduction(Subject subject, Conv2dCase conv2d, Path folder) {
        this.subject = subject;
        this.conv2d = conv2d;
        this.folder = folder;
    }

    /**
     * Writes {@code x.npy}, {@code weight.npy}, {@code bias.npy} if there is a bias, and {@code expected.npy}, which the reference computed.
     *
     * @throws IOException if a file cannot be written
     */
    public void write() throws IOException {
        Files.createDirectories(folder);
        Npy.write(folder.resolve("x.npy"), conv2d.x());
        Npy.write(folder.resolve("weight.npy"), conv2d.weight());
        Tensor bias = conv2d.bias();
        if (bias != null) {
            Npy.write(folder.resolve("bias.npy"), bias);
        }
        Npy.write(folder.resolve("expected.npy"), conv2d.expected());
    }

    /**
     * The words behind {@code lanewise} that compute the convolution from the files and compare it with what is expected. Files hold tensors
     * without gaps and know of one run only, so not all that can go wrong shows there.
     *
     * @return nothing if the result from the files would be right
     */
    public Optional<List<String>> command() {
        for (int threads : THREADS) {
            if (isWrong(threads)) {
                return Optional.of(command(threads));
            }
        }
        return Optional.empty();
    }

    /** Whether the result is not the expected one, or does not come at all. */
    private boolean isWrong(int threads) {
        Tensor bias = conv2d.bias();
        try (Workers workers = Workers.threads(threads)) {
            Conv2dPlan plan = subject.provider().plan(conv2d.shape(), conv2d.weight().copy(),
                    bias == null ? null : bias.copy(), subject.options().withWorkers(workers));
            Tensor y = subject.layout().zeros(conv2d.dtype(), conv2d.shape().outputShape());
            plan.run(subject.layout().copy(conv2d.x()), y);
            Equality.assertSameBits(conv2d.expected(), y);
            return false;
        } catch (RuntimeException | AssertionError e) {
            return true;
        }
    }

    private List<String> command(int threads) {
        Conv2dSpec spec = conv2d.spec();
        List<String> words = new ArrayList<>(List.of("conv", "--input", file("x"), "--weight", file("weight")));
        if (conv2d.biased()) {
            words.addAll(List.of("--bias", file("bias")));
        }
        words.addAll(List.of("--stride=" + join(spec.stride()), "--padding=" + Conv2dCase.format(spec.padding()),
                "--padding-mode=" + spec.paddingMode().label(), "--dilation=" + join(spec.dilation()),
                "--groups=" + spec.groups(), "--provider=" + subject.provider().name()));
        if (subject.algorithm() != null) {
            words.add("--algorithm=" + subject.algorithm());
        }
        if (subject.layout() != ImageLayout.NCHW) {
            words.add("--layout=" + subject.layout().label());
        }
        words.addAll(List.of("--threads=" + threads, "--output", file("y"), "--expected", file("expected")));
        return words;
    }

    private String file(String name) {
        return folder.resolve(name + ".npy").toString();
    }

    private static String join(List<Integer> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
