package io.millrace.jobs.engine.gpu;

import io.millrace.jobs.natives.Gpu;
import io.millrace.pipeline.CannotException;
import java.util.List;

/**
 * The machine code of a library for NVIDIA's GPUs, which no driver translates for others. A GPU
 * also runs code for lower minor numbers of its own major number.
 *
 * @param library that contains it
 * @param oldest compute capability that it is for, times 10
 * @param newest compute capability that it is for, times 10
 * @param supported both in words
 * @param cuda the lowest version that a driver must support, times 1000
 * @param driver the oldest that does
 */
public record CudaCode(
    String library, int oldest, int newest, String supported, int cuda, int driver) {
  private static final int MAJOR = 1000;
  private static final int MINOR = 10;

  /**
   * Checks that all GPUs run it.
   *
   * @param gpus at least one
   * @param newestCuda the newest version that the driver supports
   * @throws CannotException if one does not
   */
  void check(List<Gpu> gpus, int newestCuda) {
    for (Gpu gpu : gpus) {
      int capability = gpu.major() * 10 + gpu.minor();
      if (capability < oldest || capability > newest) {
        throw new CannotException(
            "compute on " + gpu,
            "%s's CUDA code is for compute capability %s; choose such a GPU with CUDA_VISIBLE_DEVICES, or take another build of Millrace"
                .formatted(library, supported));
      }
    }
    if (newestCuda < cuda) {
      throw new CannotException(
          "compute on " + gpus.get(0),
          "its driver supports CUDA up to %s and %s needs %s; install driver %d or newer"
              .formatted(version(newestCuda), library, version(cuda), driver));
    }
  }

  private static String version(int number) {
    return number / MAJOR + "." + number % MAJOR / MINOR;
  }
}
