//! Nothing: the tests are in `hosted/` and `outside/`.
