"""Who and where a phrase refers to, once the sentence around it is known."""
