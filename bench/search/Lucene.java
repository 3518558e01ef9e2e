// The peer: Lucene with its own analysers and BM25, as a careful team would use it. Every field of a card, both languages,
// boosted like the fields of Diwan; a query is any of its words in any field, the best field counts.
//
//   java -cp … Lucene.java CARDS.jsonl QUERIES.txt ROUNDS > answers.json

import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.queryparser.classic.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.*;

public class Lucene {
    static final Map<String, Float> WEIGHTS = Map.of("name", 12f, "keywords", 7f, "summary", 3f, "beside", 2f, "text", 1f);
    static final int RANKS = 10;

    public static void main(String[] arguments) throws Exception {
        Map<String, Analyzer> perField = new HashMap<>();
        Map<String, Float> boosts = new LinkedHashMap<>();
        for (var weight : WEIGHTS.entrySet()) {
            perField.put(weight.getKey() + "_ar", new ArabicAnalyzer());
            perField.put(weight.getKey() + "_en", new EnglishAnalyzer());
            boosts.put(weight.getKey() + "_ar", weight.getValue());
            boosts.put(weight.getKey() + "_en", weight.getValue());
        }
        Analyzer analyzer = new PerFieldAnalyzerWrapper(new EnglishAnalyzer(), perField);
        Directory directory = new MMapDirectory(Files.createTempDirectory("lucene-bench"));
        long started = System.nanoTime();
        try (var writer = new IndexWriter(directory, new IndexWriterConfig(analyzer));
             var lines = Files.lines(Path.of(arguments[0]))) {
            for (String line : (Iterable<String>) lines::iterator) {
                String[] cells = line.split("\t", -1);
                Document document = new Document();
                document.add(new StringField("id", cells[0], Field.Store.YES));
                int cell = 1;
                for (String field : List.of("name", "keywords", "summary", "beside", "text")) {
                    document.add(new TextField(field + "_ar", cells[cell++], Field.Store.NO));
                    document.add(new TextField(field + "_en", cells[cell++], Field.Store.NO));
                }
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        double built = (System.nanoTime() - started) / 1e9;
        List<String> queries = Files.readAllLines(Path.of(arguments[1]));
        int rounds = Integer.parseInt(arguments[2]);
        String[] fields = boosts.keySet().toArray(String[]::new);
        try (var reader = DirectoryReader.open(directory)) {
            var searcher = new IndexSearcher(reader);
            searcher.setQueryCache(null);
            List<List<String>> answers = new ArrayList<>();
            for (String query : queries) answers.add(ask(searcher, fields, analyzer, boosts, query));
            // The first rounds are for the compiler of the virtual machine.
            for (int round = 0; round < 3; round++) for (String query : queries) ask(searcher, fields, analyzer, boosts, query);
            long[] took = new long[rounds * queries.size()];
            int at = 0;
            long all = System.nanoTime();
            for (int round = 0; round < rounds; round++) for (String query : queries) {
                long one = System.nanoTime();
                ask(searcher, fields, analyzer, boosts, query);
                took[at++] = System.nanoTime() - one;
            }
            double seconds = (System.nanoTime() - all) / 1e9;
            Arrays.sort(took);
            System.out.printf("{\"build_seconds\":%f,\"p50_ms\":%f,\"p99_ms\":%f,\"queries_per_second\":%f,\"answers\":[%s]}%n",
                built, took[(int) ((took.length - 1) * 0.5)] / 1e6, took[(int) ((took.length - 1) * 0.99)] / 1e6, took.length / seconds,
                answers.stream().map(ids -> ids.stream().map(id -> '"' + id + '"').collect(Collectors.joining(",", "[", "]"))).collect(Collectors.joining(",")));
        }
    }

    static List<String> ask(IndexSearcher searcher, String[] fields, Analyzer analyzer, Map<String, Float> boosts, String text) throws Exception {
        var parser = new MultiFieldQueryParser(fields, analyzer, boosts);
        Query query = parser.parse(QueryParser.escape(text.toLowerCase()));
        List<String> ids = new ArrayList<>();
        for (var hit : searcher.search(query, RANKS).scoreDocs) ids.add(searcher.doc(hit.doc).get("id"));
        return ids;
    }
}
