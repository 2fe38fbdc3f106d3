"""The page that shows a coalition its rounds: charts, sentences and tables, already masked."""
