"""What texts are about: stories, sentences, people, and whose words they are."""
