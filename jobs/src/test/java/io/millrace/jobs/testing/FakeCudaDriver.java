package io.millrace.jobs.testing;

import io.millrace.jobs.testing.Launched.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A library in the place of NVIDIA's driver, built for a test on a machine without one. What GPUs
 * it has stands in the variable FAKE_CUDA of a process, as {@code libcuda.c} says.
 *
 * @param folder that has the library
 */
public record FakeCudaDriver(Path folder) {
  /** Builds it; the test is skipped where there is no compiler. */
  public static FakeCudaDriver in(Path folder) throws IOException, InterruptedException {
    Path compiler = Path.of("/usr/bin/gcc");
    if (!Files.isExecutable(compiler)) {
      RealData.missingTool(compiler + " is not installed");
    }
    Launched.command(
            folder,
            List.of(
                compiler.toString(),
                "-shared",
                "-fPIC",
                "-o",
                "libcuda.so.1",
                Launched.ROOT.resolve("jobs/src/test/native/libcuda.c").toString()))
        .run()
        .expecting(0);
    return new FakeCudaDriver(folder);
  }

  /** None. */
  public static FakeCudaDriver missingIn(Path folder) throws IOException {
    return new FakeCudaDriver(Files.createDirectories(folder.resolve("elsewhere")));
  }

  /**
   * What a program prints in a process of its own: a driver starts once in a process.
   *
   * @param environment added to this process's own
   */
  public String asked(Class<?> program, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> words =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djna.library.path=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            program.getName());
    // The folder itself may be searched, where LD_LIBRARY_PATH has an empty entry.
    Path work = Files.createDirectories(folder.resolve("work"));
    Ended ended = Launched.command(work, words).with(environment).run();
    return ended.expecting(0).out().strip();
  }
}
