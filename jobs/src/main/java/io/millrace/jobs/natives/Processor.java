package io.millrace.jobs.natives;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the native code needs of the machine, and which instructions it computes with: another
 * instruction set rounds differently, so it belongs to a result's provenance.
 *
 * @param flags of the processor, as Linux names them
 */
public record Processor(Set<String> flags) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final Set<String> NEEDED = Set.of("avx2", "fma");
  // What oneDNN needs of a processor to use its 512-bit kernels.
  private static final Set<String> WIDE = Set.of("avx512f", "avx512bw", "avx512vl", "avx512dq");

  /**
   * This machine's processor, checked.
   *
   * @throws CannotException if the native code does not run on this system or processor
   */
  public static Processor checked() {
    checkSystem(System.getProperty("os.name"), System.getProperty("os.arch"));
    Processor processor = ofThisMachine();
    processor.check();
    return processor;
  }

  static void checkSystem(String system, String architecture) {
    boolean fits =
        system.toLowerCase(Locale.ROOT).equals("linux")
            && (architecture.equals("amd64") || architecture.equals("x86_64"));
    if (!fits) {
      throw new CannotException(
          "train or predict here",
          "the engines' native code is for Linux on x86-64 and this is "
              + system
              + " on "
              + architecture
              + "; use another machine");
    }
  }

  /** This machine's processor, whether or not the native code runs on it. */
  public static Processor ofThisMachine() {
    try {
      return parse(Files.readAllLines(CPUINFO));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of this machine's processor, as Linux tells it. */
  public static Optional<String> nameHere() {
    try (Stream<String> lines = Files.lines(CPUINFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Processor parse(List<String> cpuinfo) {
    return cpuinfo.stream()
        .filter(line -> line.startsWith("flags"))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .map(flags -> new Processor(Set.of(flags.split("\\s+"))))
        .orElse(new Processor(Set.of()));
  }

  void check() {
    if (!flags.containsAll(NEEDED)) {
      throw new CannotException(
          "train or predict here",
          "the engines' native code needs a processor with AVX2 and FMA (2013 or later) and /proc/cpuinfo does not name both; use another machine");
    }
  }

  /** Whether it multiplies matrices of bfloat16 faster than those of floats. */
  public boolean multipliesBfloat16() {
    return flags.contains("avx512_bf16") || flags.contains("amx_bf16");
  }

  /**
   * The family of instructions that oneDNN uses: {@code avx512} or {@code avx2}, or the cap itself
   * where one below AVX2 is set.
   *
   * @param environment where oneDNN reads the cap {@code ONEDNN_MAX_CPU_ISA}; it can only be set
   *     before the JVM starts
   */
  public String instructionSet(Map<String, String> environment) {
    String cap =
        environment
            .getOrDefault("ONEDNN_MAX_CPU_ISA", environment.getOrDefault("DNNL_MAX_CPU_ISA", "ALL"))
            .toLowerCase(Locale.ROOT);
    if (cap.startsWith("avx2")) {
      return "avx2";
    }
    if (cap.equals("sse41") || cap.equals("avx")) {
      return cap;
    }
    return flags.containsAll(WIDE) ? "avx512" : "avx2";
  }
}
