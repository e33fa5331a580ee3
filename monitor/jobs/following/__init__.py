"""What follows a round: judgements, stories, the index of words."""
