package io.millrace.jobs.engine.torch;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.engine.Ability;
import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.EngineChecks;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Precision;
import io.millrace.jobs.natives.Processor;
import io.millrace.pipeline.CannotException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * libtorch, PyTorch's C++ library: on the CPU, in the build of it for CUDA on NVIDIA's GPUs. Its
 * first use in a JVM loads native libraries, which takes a second or two; more the first time on a
 * machine, when 440 MB (for GPUs 870 MB) are unpacked into the user's cache folder.
 */
public final class TorchEngine implements Engine {
  static final String NAME = "torch";
  private static final String CPU = "cpu";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "libtorch "
        + TorchLibrary.version()
        + (onCpu()
            ? " on the CPU; fp32" + (Processor.ofThisMachine().multipliesBfloat16() ? ", bf16" : "")
            : " on NVIDIA's GPUs; fp32, bf16, fp16");
  }

  @Override
  public Map<String, String> description() {
    Map<String, String> description = new LinkedHashMap<>(TorchLibrary.load());
    description.put("device", onCpu() ? CPU : TorchCuda.name());
    return Collections.unmodifiableMap(description);
  }

  @Override
  public String device() {
    return onCpu() ? CPU : TorchCuda.device();
  }

  @Override
  public boolean onCpu() {
    return !TorchCuda.isHere();
  }

  @Override
  public List<String> unsupported(Blueprint blueprint, Set<Ability> needed) {
    return List.of();
  }

  @Override
  public Precision precision(Precision asked) {
    return onCpu() ? precisionOnCpu(asked) : TorchCuda.precision(asked);
  }

  private static Precision precisionOnCpu(Precision asked) {
    boolean fast = Processor.ofThisMachine().multipliesBfloat16();
    return switch (asked) {
      case FP32 -> Precision.FP32;
      case AUTO -> fast ? Precision.BF16 : Precision.FP32;
      case BF16 -> {
        if (!fast) {
          throw new CannotException(
              "compute in bf16",
              "this processor has neither AVX-512 BF16 nor AMX, without which bf16 takes 8 to 22 times as long as fp32; take precision = fp32");
        }
        yield Precision.BF16;
      }
      case FP16 ->
          throw new CannotException(
              "compute in fp16", "it is for GPUs; take precision = fp32, or bf16");
    };
  }

  @Override
  public Network network(Blueprint blueprint, int threads, long seed, Precision precision) {
    return network(blueprint, threads, seed, ScalarType.Float, precision(precision));
  }

  /**
   * A network that computes in a precision that need not be fast here.
   *
   * @param type of weights, inputs and all between that is not in a lower precision
   */
  static Network network(
      Blueprint blueprint, int threads, long seed, ScalarType type, Precision precision) {
    EngineChecks.threads(threads);
    TorchLibrary.load();
    return new TorchNetwork(
        blueprint,
        new TorchSettings(new TorchThreads(threads), type, precision, TorchCuda.ofTask()),
        seed);
  }
}
