package dev.lanewise.bench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.MathContext;

/** {@code summary.json}, for scripts. What there is no value for is null; numbers have five digits. */
public final class JsonReport {
    private static final MathContext DIGITS = new MathContext(5);
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping()
            .create();

    private JsonReport() {
    }

    /** The file's content. */
    public static String write(Summary summary) {
        JsonObject json = new JsonObject();
        json.addProperty("suite", summary.suite());
        json.addProperty("threads", summary.threads());
        json.addProperty("rounds", summary.rounds());
        json.add("machine", GSON.toJsonTree(summary.machine()));
        json.add("peakGflops", number(summary.peakGflops()));
        json.add("bandwidth", number(summary.bandwidth() > 0 ? summary.bandwidth() * 1e-9 : Double.NaN));
        json.add("geomeanVsBest", number(Averages.geomeanVsBest(summary.rows())));
        json.add("minVsBest", number(Averages.minVsBest(summary.rows())));
        JsonObject geomeans = new JsonObject();
        Averages.geomeans(summary.rows()).forEach((group, mean) -> geomeans.add(group, number(mean)));
        json.add("geomeans", geomeans);
        JsonObject byPeer = new JsonObject();
        Averages.peers(summary.rows())
                .forEach(peer -> byPeer.add(peer, number(Averages.geomean(summary.rows(), peer))));
        json.add("geomeansByPeer", byPeer);
        json.add("peers", GSON.toJsonTree(summary.peers()));
        JsonArray rows = new JsonArray();
        summary.rows().forEach(row -> rows.add(row(row)));
        json.add("rows", rows);
        return GSON.toJson(json) + "\n";
    }

    private static JsonObject row(Row row) {
        JsonObject json = new JsonObject();
        json.addProperty("name", row.name());
        json.addProperty("group", row.group());
        json.add("gflops", number(row.gflops()));
        json.add("peakGflops", number(row.peakGflops()));
        json.add("fractionOfPeak", number(row.fractionOfPeak().median()));
        json.add("vsBest", number(row.best().map(peer -> peer.ratio().median()).orElse(Double.NaN)));
        json.add("best", row.best().<JsonElement>map(peer -> new JsonPrimitive(peer.name())).orElse(JsonNull.INSTANCE));
        JsonObject ratios = new JsonObject();
        JsonObject spreads = new JsonObject();
        JsonObject speeds = new JsonObject();
        JsonObject algorithms = new JsonObject();
        JsonObject processors = new JsonObject();
        for (Row.Peer peer : row.peers()) {
            ratios.add(peer.name(), number(peer.ratio().median()));
            spreads.add(peer.name(), number(peer.ratio().spread()));
            speeds.add(peer.name(), number(peer.gflops()));
            algorithms.addProperty(peer.name(), peer.algorithm());
            processors.add(peer.name(), number(peer.processors()));
        }
        json.add("ratio", ratios);
        json.add("spread", number(row.best().map(Row.Peer::ratio).orElse(row.fractionOfPeak()).spread()));
        json.addProperty("algorithm", row.algorithm());
        json.add("ratioSpread", spreads);
        json.add("peerGflops", speeds);
        json.add("peerAlgorithm", algorithms);
        json.add("peerProcessors", processors);
        json.add("otherPrograms", number(row.otherPrograms()));
        return json;
    }

    private static JsonElement number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(new BigDecimal(value).round(DIGITS)) : JsonNull.INSTANCE;
    }
}
