package io.millrace.jobs.engine.torch;

import io.millrace.jobs.engine.Precision;
import io.millrace.jobs.engine.gpu.CudaCode;
import io.millrace.jobs.engine.gpu.Gpus;
import io.millrace.jobs.natives.CudaDriver;
import io.millrace.jobs.natives.CudaLibraries;
import io.millrace.jobs.natives.Gpu;
import io.millrace.jobs.natives.NativeArtifact;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalInt;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch on NVIDIA's GPUs: what a build of Millrace has of it, and what it needs of a machine.
 */
final class TorchCuda {
  private static final String CLASSIFIER = "linux-x86_64-gpu";
  private static final String LIBRARY = "/org/bytedeco/pytorch/" + CLASSIFIER + "/libtorch_cuda.so";
  private static final NativeArtifact ARTIFACT =
      new NativeArtifact("org.bytedeco", "pytorch", CLASSIFIER, LIBRARY);

  /** Of 2.10.0: 7.5, 8.0, 9.0, 10.0 and 12.0. */
  private static final CudaCode CODE =
      new CudaCode("libtorch", 75, 129, "7.5 to 12.9 (Turing to Blackwell)", 13_000, 580);

  private static final int AMPERE = 8;

  private TorchCuda() {}

  /** Whether this build computes on GPUs. Loads nothing. */
  static boolean isHere() {
    return ARTIFACT.isThere();
  }

  /**
   * Checks the GPUs of this machine.
   *
   * @return all that this process sees, at least one
   * @throws CannotException if there is none that it computes on
   */
  static List<Gpu> checked() {
    return Gpus.checked(CODE);
  }

  /** The GPU of this thread's task; empty in a build that computes on the CPU. */
  static OptionalInt ofTask() {
    return isHere() ? OptionalInt.of(Gpus.ofTask(CODE)) : OptionalInt.empty();
  }

  /** Its name and capability. */
  static String name() {
    return checked().get(Gpus.ofTask(CODE)).toString();
  }

  /** Such as {@code cuda:1}. */
  static String device() {
    return Gpus.deviceOfTask(CODE);
  }

  /**
   * The precision where another is asked for. A driver of Spark may have no GPU, so only what all
   * GPUs compute in is chosen without one.
   *
   * @throws CannotException if a GPU of this machine does not compute in it
   */
  static Precision precision(Precision asked) {
    List<Gpu> gpus = CudaDriver.isThere() ? checked() : List.of();
    boolean fast = gpus.stream().allMatch(gpu -> gpu.major() >= AMPERE);
    if (asked == Precision.AUTO) {
      return fast && !gpus.isEmpty() ? Precision.BF16 : Precision.FP32;
    }
    if (asked == Precision.BF16 && !fast) {
      throw new CannotException(
          "compute in bf16",
          "it is for GPUs of compute capability 8.0 and later, and here is %s; take precision = fp16, or fp32"
              .formatted(gpus.get(0)));
    }
    return asked;
  }

  /** Loads the libraries that libtorch's need, before it. */
  static void loadNeeded(String what) {
    if (isHere()) {
      CudaLibraries.load(what);
    }
  }

  /** Adds the GPU's kernels to libtorch, after it is loaded: no other library asks for them. */
  static void loadKernels() {
    if (!isHere()) {
      return;
    }
    try {
      System.load(Loader.cacheResource(LIBRARY).getPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // What is called fp32 is that: by default convolutions would compute in TF32.
    torch.globalContext().setAllowTF32CuDNN(false);
  }
}
