using System.Globalization;
using System.Text;

namespace GraphGateway.Benchmarks;

/// <summary>
/// The graph of <see cref="CachingSuite"/>: a source that gives lists, and one that gives the details of what is in them, entity by entity. The same items are there three times: those whose
/// details may be kept, those whose details may not, and those that the first source gives whole.
/// </summary>
internal static class CachingGraph
{
    /// <summary>The source of lists.</summary>
    public const string Lists = "lists";

    /// <summary>The source of details.</summary>
    public const string Details = "details";

    /// <summary>The ways to ask for the same items, as <see cref="Query"/> takes them: only their ids, whole, with details that are fetched each time, and with details that are kept.</summary>
    public static readonly string[] Ways = ["ids", "wholes", "fetched", "kept"];

    /// <summary>The supergraph.</summary>
    /// <param name="urlOf">The address of each source.</param>
    public static string Supergraph(Func<string, string> urlOf) => $$"""
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source {
          LISTS @gateway__source(name: "{{Lists}}", dialect: APOLLO, url: "{{urlOf(Lists)}}")
          DETAILS @gateway__source(name: "{{Details}}", dialect: APOLLO, url: "{{urlOf(Details)}}")
        }
        type Query @gateway__type(in: [LISTS, DETAILS]) {
          wholes(first: Int): [Whole] @gateway__field(in: LISTS)
          fetched(first: Int): [Fetched] @gateway__field(in: LISTS)
          kept(first: Int): [Kept] @gateway__field(in: LISTS)
        }
        type Whole @gateway__type(in: LISTS) {
          id: ID! @gateway__field(in: LISTS)
          name: String @gateway__field(in: LISTS)
          text: String @gateway__field(in: LISTS)
          price: Float @gateway__field(in: LISTS)
        }
        {{Entity("Fetched")}}
        {{Entity("Kept")}}
        """;

    /// <summary>The request's body for so many items.</summary>
    public static byte[] Query(string way, int count)
    {
        var (field, fields) = way == "ids" ? ("kept", "id") : (way, "id name text price");
        return Encoding.UTF8.GetBytes($"{{\"query\":\"{{items:{field}(first:{count}){{{fields}}}}}\"}}");
    }

    /// <summary>What a source answers to a request's body, and whether that may be kept.</summary>
    public static (string Json, bool MayBeKept) Answer(string source, ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body);
        if (source == Lists)
        {
            var isWhole = text.Contains("wholes", StringComparison.Ordinal);
            var items = Enumerable.Range(1, CountOf(text)).Select(id => isWhole ? $"{{\"id\":\"{id}\",{Fields(id)}}}" : $"{{\"id\":\"{id}\"}}");
            return ($"{{\"data\":{{\"items\":[{string.Join(',', items)}]}}}}", false);
        }

        // Each representation has an id; the document has no quotes.
        var entities = text.Split("\"id\":\"").Skip(1).Select(static rest => $"{{{Fields(int.Parse(rest.AsSpan(0, rest.IndexOf('"', StringComparison.Ordinal)), CultureInfo.InvariantCulture))}}}");
        return ($"{{\"data\":{{\"_entities\":[{string.Join(',', entities)}]}}}}", text.Contains("\"Kept\"", StringComparison.Ordinal));
    }

    private static string Entity(string name) => $$"""
        type {{name}} @gateway__type(in: [LISTS, DETAILS]) @gateway__key(in: [LISTS, DETAILS], fields: "id") @gateway__lookup(in: DETAILS, key: "id") {
          id: ID! @gateway__field(in: [LISTS, DETAILS])
          name: String @gateway__field(in: DETAILS)
          text: String @gateway__field(in: DETAILS)
          price: Float @gateway__field(in: DETAILS)
        }
        """;

    private static string Fields(int id) => $"\"name\":\"Item number {id}\",\"text\":\"{new string('t', 120)}\",\"price\":{id}.5";

    private static int CountOf(string body)
    {
        var start = body.IndexOf("first: ", StringComparison.Ordinal) + "first: ".Length;
        return int.Parse(body.AsSpan(start, body.IndexOf(')', start) - start), CultureInfo.InvariantCulture);
    }
}
