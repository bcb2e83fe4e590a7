package io.millrace.jobs.natives;

import com.sun.jna.NativeLibrary;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.Holder;
import java.util.ArrayList;
import java.util.List;

/**
 * The libraries of CUDA 13 and cuDNN 9 that are installed on a machine: no jar has all of them.
 * They are loaded before the native code that needs them, so that it finds them wherever they lie.
 */
public final class CudaLibraries {
  /** Each after those that it needs. */
  private static final List<String> NAMES =
      List.of(
          "libcudart.so.13",
          "libcupti.so.13",
          "libcublasLt.so.13",
          "libcublas.so.13",
          "libcufft.so.12",
          "libcurand.so.10",
          "libcusparse.so.12",
          "libnccl.so.2",
          "libcufile.so.0",
          "libcudnn.so.9");

  /** Of NVIDIA's installer; the system's linker looks into its own and those of the environment. */
  private static final List<String> FOLDERS =
      List.of("/usr/local/cuda/lib64", "/usr/local/cuda/extras/CUPTI/lib64");

  // Kept, since a library is closed with its object.
  private static final List<NativeLibrary> LOADED = new ArrayList<>();

  private CudaLibraries() {}

  /**
   * Loads all, within {@link NativeLibraries#load}.
   *
   * @param what can't be done without them
   * @throws CannotException if some are not found; the message names them
   */
  public static void load(String what) {
    List<String> missing = new ArrayList<>();
    for (String name : NAMES) {
      FOLDERS.forEach(folder -> NativeLibrary.addSearchPath(name, folder));
      try {
        LOADED.add(NativeLibrary.getInstance(name));
      } catch (UnsatisfiedLinkError e) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      throw new CannotException(
          what,
          "%s of CUDA 13 and cuDNN 9 %s not found on %s; install both there, or name the folders of their libraries in LD_LIBRARY_PATH (of executors: spark.executorEnv.LD_LIBRARY_PATH)"
              .formatted(
                  String.join(", ", missing),
                  missing.size() == 1 ? "is" : "are",
                  Holder.self().host()));
    }
  }
}
