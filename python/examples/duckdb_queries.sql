-- Questions to the tables of a run, for DuckDB. In the folder that `ressort extract … --format parquet` wrote:
--
--     duckdb < duckdb_queries.sql
--
-- or one by one from Python, R or a notebook. With `--partition month` the first three tables are folders:
-- read_parquet('documents/**/*.parquet', hive_partitioning = true).

CREATE OR REPLACE VIEW documents AS FROM 'documents.parquet';
CREATE OR REPLACE VIEW mentions AS FROM 'mentions.parquet';
CREATE OR REPLACE VIEW topics AS FROM 'topics.parquet';
CREATE OR REPLACE VIEW entities AS FROM 'entities.parquet';
CREATE OR REPLACE VIEW cooccurrences AS FROM 'cooccurrences.parquet';
CREATE OR REPLACE VIEW counts AS FROM 'counts.parquet';

-- top_by_month: which names stand in most documents, month by month? `share` is that of the month's documents.
SELECT month, name, kind, documents, mentions, round(share, 3) AS share
FROM counts
WHERE what = 'entity' AND month IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY month ORDER BY documents DESC, mentions DESC, id) <= 5
ORDER BY month, documents DESC, mentions DESC, name;

-- holders_by_date: who is meant by an office, and from which day to which? The same words mean another person later.
SELECT office.name AS office, person.name AS holder, min(date) AS first_day, max(date) AS last_day, count(*) AS mentions
FROM mentions
JOIN documents USING (doc_id)
JOIN entities AS office ON office.entity = mentions.entity
JOIN entities AS person ON person.entity = mentions.holder
WHERE mentions.kind = 'office'
GROUP BY office.entity, office.name, person.name
ORDER BY mentions DESC, office, first_day;

-- persons: how often is somebody mentioned, by name or by an office that they held on the day?
SELECT name, party, count(*) FILTER (kind = 'politician') AS by_name, count(*) FILTER (kind = 'office') AS by_office
FROM (SELECT coalesce(holder, mentions.entity) AS person, kind FROM mentions) AS found
JOIN (SELECT entity, name, party FROM entities WHERE kind = 'politician') AS persons ON persons.entity = found.person
GROUP BY ALL
ORDER BY by_name + by_office DESC, name;

-- topics_by_land: what are documents about that mention a Land, or a body or town in it?
SELECT upper(land) AS land, label AS topic, count(DISTINCT doc_id) AS documents, round(avg(score), 2) AS score
FROM (SELECT DISTINCT doc_id, land FROM mentions WHERE land IS NOT NULL)
JOIN topics USING (doc_id)
GROUP BY ALL
ORDER BY land, documents DESC, score DESC, topic;

-- together: which names stand together more often than chance has it? `npmi` is 1 where one never stands without the other,
-- 0 where they have nothing to do with each other; below two documents it says little.
SELECT a.name AS name_a, b.name AS name_b, c.documents, c.sentences, round(npmi, 2) AS npmi
FROM cooccurrences AS c
JOIN entities AS a ON a.entity = entity_a
JOIN entities AS b ON b.entity = entity_b
WHERE c.documents >= 2
ORDER BY npmi DESC, c.documents DESC, name_a, name_b
LIMIT 20;

-- in_context: a name in its sentences, one below the other. (A surface that stands twice in a sentence is shown at its first.)
SELECT
    date,
    lpad(right(left(context, place - 1), 40), 40, ' ') AS before_it,
    surface,
    left(substr(context, place + length(surface)), 40) AS after_it
FROM (
    SELECT doc_id, mention, surface, replace(context, chr(10), ' ') AS context, strpos(context, surface) AS place
    FROM mentions
    WHERE entity = 'ministry:bund/digitales'
)
JOIN documents USING (doc_id)
ORDER BY date, doc_id, mention;

-- by_quarter: how does the share of documents change in which a name stands? Duplicates of a press release count once.
SELECT
    date_trunc('quarter', date)::DATE AS quarter,
    count(*) AS documents,
    count(*) FILTER (doc_id IN (SELECT doc_id FROM mentions WHERE entity = 'law:ozg')) AS with_it,
    round(with_it / count(*), 3) AS share
FROM documents
WHERE date IS NOT NULL AND duplicate_of IS NULL
GROUP BY ALL
ORDER BY quarter;

-- open: which mentions were left undecided, and what could they be?
SELECT surface, kind, string_split(candidates, '|') AS candidates, count(*) AS mentions
FROM mentions
WHERE entity IS NULL
GROUP BY ALL
ORDER BY mentions DESC, surface;
