package io.millrace.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The environment that engines and their reference are timed in. Settings of glibc's memory in the
 * environment are taken from both: Millrace sets its own when it starts libtorch, and the reference
 * runs as a user of PyTorch would run it.
 */
final class EngineEnvironment {
  static final int THREADS = 2;

  private static final Pattern MEMORY = Pattern.compile("MALLOC_.*|GLIBC_TUNABLES|LD_PRELOAD");
  private static final Pattern SHOWN =
      Pattern.compile("(OMP|KMP|GOMP|MKL|OPENBLAS|ONEDNN|DNNL|ATEN|TORCH)_.*");

  private EngineEnvironment() {}

  /** Set for both sides: OpenBLAS has threads of its own beside OpenMP's. */
  static Map<String, String> both() {
    return Map.of("OMP_NUM_THREADS", Integer.toString(THREADS), "OPENBLAS_NUM_THREADS", "1");
  }

  /** Before a command, to take away settings of memory. */
  static List<String> withoutMemory() {
    List<String> command = new ArrayList<>(List.of("env"));
    System.getenv().keySet().stream()
        .filter(MEMORY.asMatchPredicate())
        .sorted()
        .forEach(name -> command.addAll(List.of("-u", name)));
    return command;
  }

  /** One line on what is set. */
  static String described() {
    Map<String, String> shared = new TreeMap<>();
    System.getenv()
        .forEach(
            (name, value) -> {
              if (SHOWN.matcher(name).matches()) {
                shared.put(name, value);
              }
            });
    shared.putAll(both());
    return "environment of both sides: %s; glibc's memory: ours as engine torch sets it (mallopt), the reference's as it is by default"
        .formatted(shared);
  }
}
