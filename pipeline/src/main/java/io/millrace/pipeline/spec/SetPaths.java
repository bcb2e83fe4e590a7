package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.millrace.pipeline.job.JobCatalogue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes the path of an override to the file's spelling, so that {@code --set
 * stages.model.optimizer.sgd.nesterov=true} sets the file's {@code optimiser}.
 */
final class SetPaths {
  /** The stages and the name of one. */
  private static final int BEFORE_KEYS = 2;

  private final JobCatalogue jobs;

  SetPaths(JobCatalogue jobs) {
    this.jobs = jobs;
  }

  /** The path in the file's spelling, as far as its job is known. */
  List<String> asIn(ConfigObject file, List<String> path) {
    if (path.size() <= BEFORE_KEYS || !path.get(0).equals(PipelineReader.STAGES)) {
      return path;
    }
    Optional<ConfigObject> stage =
        object(inside(file, path.get(0))).flatMap(it -> object(inside(it, path.get(1))));
    List<String> spelt = new ArrayList<>(path);
    stage
        .flatMap(it -> inside(it, "job"))
        .flatMap(ScalarText::of)
        .flatMap(jobs::named)
        .ifPresent(job -> spell(job.parameters(), stage, spelt, BEFORE_KEYS));
    return spelt;
  }

  /** Continues at a value of that type. */
  private static void spell(Type type, Optional<ConfigObject> here, List<String> path, int at) {
    if (at >= path.size()) {
      return;
    }
    if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
      spell(generic.getActualTypeArguments()[0], here, path, at);
    } else if (type instanceof Class<?> plain && plain.isRecord()) {
      Optional<RecordComponent> component = Names.component(plain, path.get(at));
      component.ifPresent(
          it -> {
            path.set(at, asIn(here, Names.of(it), path.get(at)));
            spell(it.getGenericType(), object(here, path.get(at)), path, at + 1);
          });
    } else if (type instanceof Class<?> plain && plain.isInterface()) {
      spell(Choices.of(plain), here, path, at);
    }
  }

  private static void spell(
      Choices choices, Optional<ConfigObject> here, List<String> path, int at) {
    Optional<String> chosen =
        here.flatMap(it -> inside(it, choices.discriminator()))
            .flatMap(ScalarText::of)
            .flatMap(choices::named);
    if (chosen.isPresent()) {
      spell(choices.records().get(chosen.get()), here, path, at);
      return;
    }
    Optional<String> name = choices.named(path.get(at));
    name.ifPresent(
        it -> {
          path.set(at, asIn(here, choices.names().get(it), path.get(at)));
          spell(choices.records().get(it), object(here, path.get(at)), path, at + 1);
        });
  }

  private static String asIn(Optional<ConfigObject> here, Names names, String written) {
    if (here.isEmpty() || inside(here.get(), written).isPresent()) {
      return written;
    }
    return names.all().stream()
        .filter(name -> inside(here.get(), name).isPresent())
        .findFirst()
        .orElse(written);
  }

  private static Optional<ConfigObject> object(Optional<ConfigObject> here, String key) {
    return here.flatMap(it -> object(inside(it, key)));
  }

  private static Optional<ConfigObject> object(Optional<ConfigValue> value) {
    return value.filter(ConfigObject.class::isInstance).map(ConfigObject.class::cast);
  }

  /** The value of a key; empty also if a substitution hides it. */
  private static Optional<ConfigValue> inside(ConfigObject object, String key) {
    return Syntax.isUnresolved(object)
        ? Optional.empty()
        : Optional.ofNullable(object.get(key)).filter(it -> !Syntax.isUnresolved(it));
  }
}
