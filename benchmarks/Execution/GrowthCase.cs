using System.Text;

namespace GraphGateway.Benchmarks;

/// <summary>One size of something that grows.</summary>
/// <param name="Count">How many there are of what grows.</param>
/// <param name="Sources">Apollo sources by name.</param>
/// <param name="Query">The operation.</param>
/// <param name="Root">What the sources answer to root fields.</param>
/// <param name="Entity">What each source, by its name, says of an entity.</param>
internal sealed record GrowthCase(int Count, (string Name, string Sdl)[] Sources, string Query, string Root, Func<string, string> Entity);

/// <summary>What grows: items of a list, requests one after the other, sources, bytes.</summary>
internal static class GrowthCases
{
    /// <summary>A list of one source, to each item of which another source adds.</summary>
    public static IEnumerable<GrowthCase> Items() => Sizes(10, 100, 1_000, 10_000, 100_000).Select(count => new GrowthCase(
        count,
        [
            ("catalog", "type Query { items: [Item] } type Item @key(fields: \"id\") { id: ID! name: String price: Int }"),
            ("stock", "type Item @key(fields: \"id\") { id: ID! inStock: Int }"),
        ],
        "{ items { id name price inStock } }",
        List(count, i => $$"""{"__typename":"Item","id":"{{i}}","name":"Item number {{i}}","price":{{i % 997}}}"""),
        _ => """{"__typename":"Item","inStock":12}"""));

    /// <summary>Requests that wait for one another, to two sources in turns.</summary>
    public static IEnumerable<GrowthCase> Rounds() => Sizes(1, 10, 25, 50).Select(count =>
    {
        var selection = "x";
        for (var i = count; i > 0; i--)
        {
            selection = (i % 2 == 0 ? "b" : "a") + " { " + selection + " }";
        }

        return new GrowthCase(
            count,
            [
                ("first", "type Query { t: T } type T @key(fields: \"id\") { id: ID! a: T x: Int @shareable }"),
                ("second", "type T @key(fields: \"id\") { id: ID! b: T x: Int @shareable }"),
            ],
            "{ t { " + selection + " } }",
            """{"data":{"t":{"__typename":"T","id":"1","a":{"__typename":"T","id":"2","x":1}}}}""",
            source => source == "first" ? """{"__typename":"T","a":{"__typename":"T","id":"3","x":1}}""" : """{"__typename":"T","b":{"__typename":"T","id":"4","x":1}}""");
    });

    /// <summary>Sources that each add a field to 100 items; their requests go at the same time.</summary>
    public static IEnumerable<GrowthCase> Sources() => Sizes(1, 8, 32, 64).Select(count => new GrowthCase(
        count,
        [
            ("root", "type Query { items: [Item] } type Item @key(fields: \"id\") { id: ID! }"),
            .. Enumerable.Range(0, count).Select(i => ($"s{i}", $"type Item @key(fields: \"id\") {{ id: ID! f{i}: Int }}")),
        ],
        $"{{ items {{ {string.Join(' ', Enumerable.Range(0, count).Select(i => $"f{i}"))} }} }}",
        List(100, i => $$"""{"__typename":"Item","id":"{{i}}"}"""),
        source => $"{{\"__typename\":\"Item\",\"f{source[1..]}\":1}}"));

    /// <summary>Bytes of one source's answer, in texts of a kilobyte.</summary>
    public static IEnumerable<GrowthCase> Kilobytes() => Sizes(1, 100, 1_000, 10_000, 50_000).Select(count => new GrowthCase(
        count,
        [("texts", "type Query { texts: [Text] } type Text { text: String }")],
        "{ texts { text } }",
        List(count, _ => $$"""{"text":"{{new string('x', 1000)}}"}""").Replace("\"items\"", "\"texts\"", StringComparison.Ordinal),
        _ => "{}"));

    private static int[] Sizes(params int[] sizes) => sizes;

    private static string List(int count, Func<int, string> item)
    {
        var text = new StringBuilder("{\"data\":{\"items\":[");
        for (var i = 0; i < count; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(item(i));
        }

        return text.Append("]}}").ToString();
    }
}
