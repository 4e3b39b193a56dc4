"""What may be told of few people: the rule of published tables, pure Python on sets of persons."""
