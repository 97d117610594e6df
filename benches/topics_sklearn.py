"""Prediction speed of scikit-learn's pipelines of comparable features, on the records that `cargo bench --bench topics`
reads: python3 benches/topics_sklearn.py records.jsonl  (needs scikit-learn). The labels are made up: what a prediction
costs does not depend on them."""

import json
import sys
import time

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import FeatureUnion, make_pipeline

LABELS = 28


def text_of(record):
    return "\n".join(record[field] for field in ("title", "abstract", "text") if record.get(field))


def measure(name, features, texts):
    labels = [[int(label == number % LABELS) for label in range(LABELS)] for number in range(len(texts))]
    pipeline = make_pipeline(features, OneVsRestClassifier(LinearSVC(max_iter=20)))
    pipeline.fit(texts[:2000], labels[:2000])
    begun = time.process_time()
    pipeline.predict(texts)
    seconds = time.process_time() - begun
    print(f"{name:<42} {sum(len(text.encode()) for text in texts) / 1e6 / seconds:8.2f} MB/s")


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        texts = [text_of(json.loads(line)) for line in lines]
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2, max_features=400_000)
    measure("words 1-2", words, texts)
    measure("words 1-2 and character 3-5-grams in words", FeatureUnion([("words", words), ("pieces", pieces)]), texts)


if __name__ == "__main__":
    main()
