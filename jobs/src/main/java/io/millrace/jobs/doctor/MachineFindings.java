package io.millrace.jobs.doctor;

import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.natives.CudaDriver;
import io.millrace.jobs.natives.Gpu;
import io.millrace.jobs.natives.NativeLibraries;
import io.millrace.jobs.natives.Processor;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a machine has for Millrace.
 *
 * @param java version and maker
 * @param system name and version
 * @param cores that this process may use
 * @param processor its name, if the system tells it
 * @param instructions the family that networks are computed with, such as {@code avx512}
 * @param fastBfloat16 whether the processor multiplies bfloat16 faster than floats
 * @param memory bytes of the machine or container
 * @param heap bytes that Java's heap may have
 * @param natives where native libraries are unpacked to
 * @param unpacked bytes that lie there
 * @param engines how each started
 * @param gpus of NVIDIA's
 * @param noGpu why there are none
 */
public record MachineFindings(
    String java,
    String system,
    int cores,
    Optional<String> processor,
    String instructions,
    boolean fastBfloat16,
    long memory,
    long heap,
    Path natives,
    long unpacked,
    List<StartedEngine> engines,
    List<Gpu> gpus,
    Optional<String> noGpu) {

  /** Of this machine. Starts every engine, which unpacks its libraries where they are not yet. */
  public static MachineFindings here() {
    List<StartedEngine> engines =
        Engines.all().stream()
            .sorted(Comparator.comparing(Engine::name))
            .map(StartedEngine::of)
            .toList();
    List<Gpu> gpus = List.of();
    Optional<String> noGpu = Optional.empty();
    try {
      gpus = CudaDriver.load().gpus();
    } catch (CannotException e) {
      noGpu = Optional.of(e.getMessage());
    }
    Processor processor = Processor.ofThisMachine();
    com.sun.management.OperatingSystemMXBean system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    return new MachineFindings(
        System.getProperty("java.version") + " of " + System.getProperty("java.vendor"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.getRuntime().availableProcessors(),
        Processor.nameHere(),
        processor.instructionSet(System.getenv()),
        processor.multipliesBfloat16(),
        system.getTotalMemorySize(),
        Runtime.getRuntime().maxMemory(),
        NativeLibraries.folder(),
        size(NativeLibraries.folder()),
        engines,
        gpus,
        noGpu);
  }

  /** Whether every engine starts. */
  public boolean allStart() {
    return engines.stream().allMatch(engine -> engine.refusal().isEmpty());
  }

  /** Bytes of all files below a folder; other processes may add and remove some meanwhile. */
  private static long size(Path folder) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !Files.isSymbolicLink(file))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }
}
