"""What is kept and proven: evidence, verification, retention, imports, reading again, copies outside."""
