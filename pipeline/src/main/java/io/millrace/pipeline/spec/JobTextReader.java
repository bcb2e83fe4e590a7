package io.millrace.pipeline.spec;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads a single job whose flags are given as HOCON text. */
public final class JobTextReader {
  private final Map<String, String> values = new TreeMap<>();
  private final Set<String> known = new HashSet<>();

  private JobTextReader(Job<?> job) {
    for (Flag flag : FlagReader.flags(job)) {
      known.add(flag.path());
    }
  }

  /**
   * The job with its parameters, checked like the flags of a command line.
   *
   * @param name the job's name, in any spelling
   * @param hocon its keys, with full names as in a pipeline's stage or with the short names of
   *     flags; {@code spark { .. }} becomes settings
   * @param output the folder of the result, as given
   * @param check of the settings
   * @throws ConfigurationException with every problem; the place of each is the flag, or a line of
   *     a text that can't be parsed
   */
  public static StageSpec read(
      String name, String hocon, String output, JobCatalogue jobs, SettingsCheck check) {
    Job<?> job =
        jobs.named(name)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        List.of(
                            new Problem(
                                "",
                                "there is no job '"
                                    + name
                                    + "'"
                                    + Nearest.hintAndList(name, jobs.names(), "the jobs are")))));
    Problems syntax = new Problems();
    SourceLines lines = SourceLines.ofText(hocon);
    Config parsed = Syntax.parseText(hocon, syntax);
    ConfigObject keys = Syntax.resolve(parsed, syntax).root();
    syntax.throwIfAny(Place.TEXT, lines);
    JobTextReader reader = new JobTextReader(job);
    reader.lay(keys, "");
    List<Problem> problems = new ArrayList<>();
    if (output.isBlank()) {
      problems.add(new Problem("--output", "must be given: the folder of the result"));
    }
    Map<String, String> settings = new TreeMap<>(reader.values);
    settings.keySet().removeIf(key -> !key.startsWith(StageKeys.SPARK + "."));
    check.problems(settings).forEach(why -> problems.add(new Problem("spark", why)));
    try {
      StageSpec stage = FlagReader.read(job, reader.values);
      if (problems.isEmpty()) {
        return stage;
      }
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
    }
    throw new ConfigurationException(problems);
  }

  /** An object is the value of a flag if there is such a flag; otherwise its keys are flags. */
  private void lay(ConfigObject object, String above) {
    object.forEach(
        (key, value) -> {
          String path = Binder.join(above, key);
          if (value instanceof ConfigObject inside && !known.contains(path)) {
            lay(inside, path);
          } else if (value.valueType() != ConfigValueType.NULL) {
            values.put(path, text(value));
          }
        });
  }

  private static String text(ConfigValue value) {
    return ScalarText.of(value).orElseGet(() -> value.render(ConfigRenderOptions.concise()));
  }
}
