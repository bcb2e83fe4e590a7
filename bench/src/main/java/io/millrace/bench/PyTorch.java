package io.millrace.bench;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A PyTorch of this machine.
 *
 * @param interpreter the Python that has it
 * @param about version and BLAS
 * @param forms of its optimisers that compute an update at once: {@code foreach}, {@code fused}
 */
record PyTorch(Path interpreter, String about, List<String> forms) {
  private static final String VARIABLE = "MILLRACE_PYTHON";

  /**
   * Debian's, and PyPI's where {@code MILLRACE_PYTHON} names a Python that has it.
   *
   * @throws CannotException if there is none
   */
  static List<PyTorch> found(Setting setting) throws IOException, InterruptedException {
    List<PyTorch> found = new ArrayList<>();
    of(setting, Python.DEBIAN)
        .ifPresentOrElse(
            found::add,
            () ->
                setting
                    .say()
                    .accept(
                        "Debian's PyTorch is not here: install python3-torch and libopenblas0-pthread"));
    String own = System.getenv(VARIABLE);
    Optional<PyTorch> given = own == null ? Optional.empty() : of(setting, Path.of(own));
    given.ifPresentOrElse(
        found::add,
        () ->
            setting
                .say()
                .accept(
                    "PyPI's PyTorch is not compared: set "
                        + VARIABLE
                        + " to a Python that has it (see CONTRIBUTING.md)"));
    if (found.isEmpty()) {
      throw new CannotException(
          "run the benchmark engines",
          "there is no PyTorch to compare with; install python3-torch and libopenblas0-pthread");
    }
    return found;
  }

  private static Optional<PyTorch> of(Setting setting, Path interpreter)
      throws IOException, InterruptedException {
    if (!Files.isExecutable(interpreter) || !Python.has(interpreter, "import torch")) {
      return Optional.empty();
    }
    List<String> said = run(setting, interpreter, "torch_about.py").output().lines().toList();
    setting.say().accept("reference: " + said.get(0) + " (" + interpreter + ")");
    return Optional.of(new PyTorch(interpreter, said.get(0), List.of(said.get(1).split(" "))));
  }

  /** The best of its forms of an optimiser, which is the last one. */
  String form() {
    return forms.get(forms.size() - 1);
  }

  /** Runs a script of the folder {@code bench} with it. */
  Child run(Setting setting, String script, Object... arguments)
      throws IOException, InterruptedException {
    return run(setting, interpreter, script, arguments);
  }

  private static Child run(Setting setting, Path interpreter, String script, Object... arguments)
      throws IOException, InterruptedException {
    return Python.run(
        setting,
        EngineEnvironment.withoutMemory(),
        interpreter,
        EngineEnvironment.both(),
        script,
        arguments);
  }
}
