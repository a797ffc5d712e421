"""Front matter: from YAML or TOML to the values of an article's fields."""
