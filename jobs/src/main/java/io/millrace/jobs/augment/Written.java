package io.millrace.jobs.augment;

import io.millrace.pipeline.job.Variant;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Optional;

/** How a transform is written, shortly: {@code random-crop = 32}, {@code dihedral}. */
final class Written {
  private Written() {}

  static String of(Transform transform) {
    String name = transform.getClass().getAnnotation(Variant.class).value();
    RecordComponent[] components = transform.getClass().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      Object value = value(transform, components[i]);
      if (value instanceof Optional<?> optional) {
        if (optional.isPresent()) {
          return name + " { " + components[i].getName() + " = " + optional.get() + " }";
        }
      } else if (i == 0 && (value instanceof Integer || value instanceof Enum<?>)) {
        return name + " = " + String.valueOf(value).toLowerCase(Locale.ROOT);
      }
    }
    return name;
  }

  private static Object value(Transform transform, RecordComponent component) {
    try {
      return component.getAccessor().invoke(transform);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
