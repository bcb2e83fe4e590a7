package io.millrace.jobs.container;

import java.util.List;

/** The names in pickles of NumPy's arrays. */
final class NumpyNames implements PickleNames {
  @Override
  public Object named(String module, String name) throws PickleException {
    return PickleGlobals.of(module, name);
  }

  @Override
  public Object called(Object callee, List<Object> arguments) throws PickleException {
    return ((PickleGlobals) callee).called(arguments);
  }

  @Override
  public void build(Object built, Object state) throws PickleException {
    PickleGlobals.build(built, state);
  }
}
