using System.Text.Json.Nodes;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Benchmarks;

/// <summary>
/// Language, validation and normalisation beside graphql-js, on the same documents in the same run: rounds of ours and theirs take turns,
/// so that whatever else the machine does meets both.
/// </summary>
internal static class LanguageSuite
{
    private const int Rounds = 5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(150);

    /// <summary>Measures all cases, or those whose row contains the first argument (then nothing is written).</summary>
    public static int Run(string[] args)
    {
        var filter = args is [var text, ..] ? text : null;
        using var peer = NodePeer.Start("language");
        using var tuned = NodePeer.Start("language", "--max-semi-space-size=64");
        var schemaTexts = LanguageDocuments.SchemaTexts();
        var cases = LanguageDocuments.Cases();
        var load = new JsonObject
        {
            ["method"] = "load",
            ["documents"] = ToJson(cases.DistinctBy(c => c.Document.Name).ToDictionary(c => c.Document.Name, c => c.Document.Text)),
            ["schemas"] = ToJson(schemaTexts),
        };
        tuned.Ask(load);
        var loaded = peer.Ask(load);
        var schemas = schemaTexts.ToDictionary(pair => pair.Key, pair => BuildSchema(pair.Value));

        var rows = new List<string[]>();
        foreach (var one in cases.Where(c => filter is null || $"{c.Task} {c.Document.Name}".Contains(filter, StringComparison.OrdinalIgnoreCase)))
        {
            Console.Error.WriteLine($"{one.Task} {one.Document.Name}");
            rows.Add(Measure(one, peer, tuned, schemas, (int)loaded["tokens"]![one.Document.Name]!));
        }

        Write(rows, loaded, isWritten: filter is null);
        return 0;
    }

    private static string[] Measure(LanguageCase one, NodePeer peer, NodePeer tuned, Dictionary<string, Schema> schemas, int tokens)
    {
        var ours = one.Ours(schemas);
        Clock.Run(ours, WarmUp);
        var check = Theirs(peer, one, WarmUp);
        if (one.Task != LanguageTask.Parse && (int)check["errors"]! != one.ErrorCount(schemas))
        {
            throw new InvalidOperationException($"{one.Document.Name}: {one.ErrorCount(schemas)} errors here, {check["errors"]} there.");
        }

        // What takes seconds there is not asked for again.
        var isSlow = (double)check["nanoseconds"]! > 1e9;
        var (oursRounds, theirsRounds, tunedRounds) = (new List<double>(), new List<double>(), new List<double>());
        if (isSlow)
        {
            theirsRounds.Add((double)check["nanoseconds"]!);
        }
        else
        {
            Theirs(tuned, one, WarmUp);
        }

        for (var i = 0; i < Rounds; i++)
        {
            oursRounds.Add(Clock.Run(ours, Round));
            if (!isSlow)
            {
                theirsRounds.Add((double)Theirs(peer, one, Round)["nanoseconds"]!);
                tunedRounds.Add((double)Theirs(tuned, one, Round)["nanoseconds"]!);
            }
        }

        return Row(one, tokens, Clock.Median(oursRounds), Clock.Median(theirsRounds), isSlow ? null : Clock.Median(tunedRounds));
    }

    private static string[] Row(LanguageCase one, int tokens, double ours, double theirs, double? tuned) =>
    [
        $"{one.Task.ToString().ToLowerInvariant()} {one.Document.Name}",
        one.Document.Bytes.ToString("N0"),
        tokens.ToString("N0"),
        Report.Duration(ours),
        Report.Duration(theirs),
        $"**{Report.Digits(theirs / ours)}**",
        tuned is { } value ? Report.Duration(value) : "–",
        tuned is { } other ? $"**{Report.Digits(other / ours)}**" : "–",
        $"{Report.Digits(tokens / ours * 1e3)} M",
    ];

    private static JsonNode Theirs(NodePeer peer, LanguageCase one, TimeSpan duration) => peer.Ask(new JsonObject
    {
        ["method"] = "run",
        ["task"] = one.Task.ToString().ToLowerInvariant(),
        ["document"] = one.Document.Name,
        ["schema"] = one.Document.Schema,
        ["milliseconds"] = duration.TotalMilliseconds,
    });

    private static void Write(List<string[]> rows, JsonNode loaded, bool isWritten)
    {
        var report = new Report("language: parse, validate, normalise");
        report.Environment($"Node {loaded["node"]}, graphql-js {loaded["graphql"]}");
        report.Table(["Task and document", "Bytes", "Tokens", "Ours", "graphql-js", "Times as fast", "graphql-js, 64 MB", "Times as fast", "Tokens/s, one core"], rows);
        report.Paragraph(
            "Medians of the processor time of one run. The first graphql-js is Node as it comes, the second has `--max-semi-space-size=64`. `all` is parse, validate and the normal form of each operation; graphql-js has no normal form, "
            + "its columns are parse and validate. What each column counts: [README](../README.md).");
        if (isWritten)
        {
            report.Write("language");
        }
        else
        {
            report.Print();
        }
    }

    private static Schema BuildSchema(string text)
    {
        var document = Parser.ParseDocument(new SourceText(text), ParserOptions.Schema).Value!;
        return SchemaBuilder.Build(document, new SchemaBuilderOptions { AssumeValid = true }).Schema!;
    }

    private static JsonObject ToJson(Dictionary<string, string> values) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
}
