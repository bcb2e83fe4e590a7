package io.millrace.pipeline.spec;

import io.millrace.pipeline.job.Key;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The value of a key that a fingerprint leaves out.
 *
 * @param text the default as HOCON text
 * @param choices the paths of the choices that the key belongs to; without these choices it has no
 *     value
 */
public record KeyDefault(String text, List<String> choices) {
  /**
   * The default of a key; empty if it has none.
   *
   * @param type of the parameters
   * @param path in flattened canonical form: {@code augment[0].flip.p}
   */
  public static Optional<KeyDefault> at(Class<? extends Record> type, String path) {
    List<String> choices = new ArrayList<>();
    return in(type, path.split("\\.", -1), 0, "", choices)
        .map(Records::keyOf)
        .map(Key::or)
        .filter(text -> !text.equals(Key.REQUIRED))
        .map(text -> new KeyDefault(text, List.copyOf(choices)));
  }

  private static Optional<RecordComponent> in(
      Type type, String[] names, int at, String path, List<String> choices) {
    if (type instanceof ParameterizedType generic) {
      return in(generic.getActualTypeArguments()[0], names, at, path, choices);
    }
    if (at == names.length || !(type instanceof Class<?> plain)) {
      return Optional.empty();
    }
    String here = Binder.join(path, names[at]);
    if (plain.isRecord()) {
      Optional<RecordComponent> component =
          Names.component(plain, names[at].replaceFirst("\\[.*", ""));
      return at == names.length - 1
          ? component
          : component.flatMap(it -> in(it.getGenericType(), names, at + 1, here, choices));
    }
    if (!plain.isInterface()) {
      return Optional.empty();
    }
    choices.add(here);
    return Optional.<Type>ofNullable(Choices.of(plain).records().get(names[at]))
        .flatMap(record -> in(record, names, at + 1, here, choices));
  }
}
